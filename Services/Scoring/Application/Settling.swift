internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store
internal import Telemetry

/// After a store was lost or rolled back: brings what it comes to again into agreement with what it had said before.
///
/// Waits until everything that was in the logs has been applied and scored again, then goes through what was taken
/// back, a slice in one transaction. Where the topic no longer tells what was said, what stands is said above all that
/// an earlier store can have said. A screening of which not everything has come back stays: its form may lie beyond the
/// topic's retention and come from intake's journal. So does one at which something fails; both are counted as
/// `outcomes.unsettled`.
struct Settling: RunningPart {
    let name = "settling"
    let store: Store
    let outbox: Outbox
    /// Whether the worker has applied what was in its logs when it began.
    let hasCaughtUp: @Sendable () -> Bool
    /// Rows that wait for the broker.
    var waiting: @Sendable () -> Int64 = { 0 }
    let time: TimeSource
    let logger: Logger
    /// Screenings of one transaction.
    var countMax = 100
    /// With so many rows waiting for the broker nothing is added to them.
    var waitingMax: Int64 = 2000
    /// Between two looks whether there is something to do…
    var idle = Duration.seconds(2)
    /// …and after a pass that found nothing to settle among what is left; doubled by each further one…
    var patience = Duration.seconds(60)
    /// …up to this.
    var patienceMax = Duration.seconds(3600)

    func run(until stop: StopSignal) async throws {
        var place = SettlingSlice.Place()
        var settledInPass = 0
        var patience = self.patience
        while !stop.isStopping {
            var pause = idle
            do {
                let begun = ContinuousClock.now
                if hasCaughtUp(), waiting() < waitingMax, let result = try await turn(from: place) {
                    settledInPass += result.settled + result.saidAgain
                    log(result)
                    place = result.next ?? SettlingSlice.Place()
                    if result.next != nil {
                        // As long as it worked: half of the writer's time is left to forms that come in.
                        pause = max(ContinuousClock.now - begun, .milliseconds(10))
                    } else if settledInPass > 0 {
                        patience = self.patience
                        settledInPass = 0
                    } else {
                        pause = patience
                        patience = min(patience * 2, patienceMax)
                    }
                }
            } catch let failure as StoreFailure where failure.decision == .retry {
                logger.warning("agreeing with what was said waits for the store", Field("hint", shown: failure.hint))
            }
            _ = await stop.sleep(for: pause)
        }
    }

    private func log(_ result: SettlingSlice.Result) {
        if result.settled + result.saidAgain > 0 {
            logger.info(
                "agreed with what had been said before", Field("screenings", shown: result.settled),
                Field("said-again", shown: result.saidAgain))
        }
        if result.skipped > 0 {
            logger.error(
                "some outcomes can't be settled with what had been said; they stay unsettled",
                Field("screenings", shown: result.skipped), Field("hint", shown: "`scoring replay` names the forms"))
        }
    }

    /// Does the next slice.
    /// - Returns: nil when there is nothing to settle, or not yet.
    func turn(from place: SettlingSlice.Place) async throws -> SettlingSlice.Result? {
        let slice = SettlingSlice(outbox: outbox, countMax: countMax, now: time.now())
        guard let work = try await store.read({ try slice.work(at: place, in: $0) }) else { return nil }
        if case .settle(let due, let next) = work, due.isEmpty { return SettlingSlice.Result(next: next) }
        return try await store.write { try slice.perform(work, at: place, in: $0) }
    }
}
