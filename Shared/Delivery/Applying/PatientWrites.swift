internal import Runtime
internal import Store
internal import Telemetry

/// Writes that wait, for room on a full disk or for what a handler says is missing outside, instead of failing: a
/// service that ended and started again meanwhile would accept and drain nothing.
struct PatientWrites: Sendable {
    let store: Store
    let limits: DeliveryLimits
    let logger: Logger

    /// Writes until it is on disk, with pauses that grow to a ceiling.
    /// - Parameter postponed: called before each pause.
    /// - Returns: nil when asked to stop before that; then nothing was written.
    func write<T: Sendable>(
        until stop: StopSignal, postponed: @Sendable () -> Void = {},
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T? {
        var failures = 0
        let backoff = Backoff(first: limits.retryFirst, ceiling: limits.retryCeiling)
        while true {
            do {
                return try await store.write(body)
            } catch let failure as StoreFailure where failure.decision == .retry {
                logger.warning("the store could not take a write; trying again", Field("hint", shown: failure.hint))
            } catch let later as TryLater {
                logger.warning("a batch waits for something outside", Field("reason", shown: later.reason))
            }
            failures += 1
            postponed()
            guard await stop.sleep(for: backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))) else {
                return nil
            }
        }
    }
}
