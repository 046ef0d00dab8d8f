internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// The first start of a store that has read nothing, of a service that can be rebuilt from its topics (DESIGN 3.3).
///
/// Another store may have read as this service before, and may still: it is watched like a process on a copy, and what
/// is silent is taken over. What the service had said is taken back before anything is read, so that saying it again
/// repeats nothing. Interrupted anywhere, the next start begins the same again: no offset is remembered until the end.
struct ColdStart: Sendable {
    let consumer: KafkaConsumer
    let examination: LogExamination
    let takingBack: TakingBack
    let limits: DeliveryLimits
    let logger: Logger

    /// Watches a store of another origin that was the last to read here.
    /// - Returns: the epoch to go on under, above all that the broker has seen; nil when asked to stop.
    /// - Throws: `LogRefusal` when the other one lives.
    func epoch(over check: LogCheck, until stop: StopSignal) async throws -> Int? {
        logger.warning("another store read as this service; watching whether its process still lives")
        if try await examination.somebodyElseIsAlive(during: limits.witnessWatch, stop: stop) {
            throw LogRefusal(findings: [.foreignStore])
        }
        return stop.isStopping ? nil : (check.highestEpoch ?? 0) + 1
    }

    /// What reading begins with after it.
    struct Rebuilt: Sendable {
        /// Above that of every store which said something, also where the broker no longer shows their marks: it drops
        /// those of a group without members after a week.
        let epoch: Int
        /// Where the logs to be read ended after everything said had been taken back: nobody can have said anything
        /// that is taken back and follows from a later record.
        let ends: [TopicPartition: Int64]
        let takenBack: TakenBack
    }

    /// Fences the one that was silent, if there was one, and takes back what was said. The identity is on disk.
    /// - Returns: nil when asked to stop before the end.
    func rebuild(
        _ identity: StoreIdentity, after check: LogCheck, showing catchingUp: CatchingUp, until stop: StopSignal
    ) async throws -> Rebuilt? {
        let backoff = Backoff(first: limits.retryFirst, ceiling: limits.retryCeiling)
        var failures = 0
        while !stop.isStopping {
            do {
                if try await fenced(identity, check),
                    let takenBack = try await takingBack.run(showing: catchingUp, until: stop)
                {
                    if takenBack.events > 0 {
                        logger.info(
                            "the store is new; took back what the service had said",
                            Field("events", shown: takenBack.events))
                    }
                    let marks = try await consumer.watermarks(
                        of: examination.slice.partitions, timeout: limits.questionTimeout)
                    return Rebuilt(
                        epoch: Self.epoch(identity, over: takenBack), ends: marks.mapValues(\.high),
                        takenBack: takenBack)
                }
            } catch let failure as KafkaFailure where failure.disposition != .fatal {
                logger.warning("the broker does not answer; waiting for it", Field("kafka.code", shown: failure.name))
            } catch is BrokerSilence {
                logger.warning("the broker gives nothing; taking back from the beginning again")
            }
            failures += 1
            _ = await stop.sleep(for: backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1)))
        }
        return nil
    }

    /// Repeated after an interruption it comes to the same: nothing is said before the end.
    static func epoch(_ identity: StoreIdentity, over takenBack: TakenBack) -> Int {
        // Of a store whose last word is gone too, no more is known than that there was one.
        let wasAnother = takenBack.began.contains { $0.value > 0 }
        let highest = takenBack.epochMax ?? (wasAnother ? 1 : 0)
        return max(identity.epoch, highest + 1, 1)
    }

    private func fenced(_ identity: StoreIdentity, _ check: LogCheck) async throws -> Bool {
        guard check.highestEpoch != nil else { return true }
        let fence = Fence(consumer: consumer, timeout: limits.questionTimeout)
        return try await fence.leave(Witness(identity, beat: 0), at: examination.beginnings(check))
    }
}
