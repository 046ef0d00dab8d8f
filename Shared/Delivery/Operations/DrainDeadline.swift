internal import Foundation
internal import Runtime
internal import Telemetry

/// The last resort of a stop: whatever doesn't end even when it is cancelled must not keep the process.
///
/// Ending it is safe: every effect is committed, and what is not will be done again.
struct DrainDeadline: Sendable {
    /// What parts and clients have after the drain budget, to be cancelled and closed.
    static let closing = Duration.seconds(10)

    let budget: Duration
    let logger: Logger

    /// Runs `body`, and ends the process with code 70 when it hasn't come to its end `budget` after `stop`.
    func holds<T: Sendable>(from stop: StopSignal, _ body: () async -> T) async -> T {
        await withTaskGroup(of: Void.self, returning: T.self) { group in
            group.addTask {
                await stop.wait()
                do { try await Task.sleep(for: budget) } catch { return }
                logger.error("a part of the service did not end when it was cancelled; ending without it")
                _exit(70)
            }
            let result = await body()
            group.cancelAll()
            return result
        }
    }
}
