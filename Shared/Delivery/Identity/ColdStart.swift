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

    /// Fences the one that was silent, if there was one, and takes back what was said. The identity is on disk.
    /// - Returns: false when asked to stop before the end.
    func rebuild(_ identity: StoreIdentity, after check: LogCheck, until stop: StopSignal) async throws -> Bool {
        let backoff = Backoff(first: limits.retryFirst, ceiling: limits.retryCeiling)
        var failures = 0
        while !stop.isStopping {
            do {
                if try await fenced(identity, check), let count = try await takingBack.run(until: stop) {
                    if count > 0 {
                        logger.info(
                            "the store is new; took back what the service had said", Field("events", shown: count))
                    }
                    return true
                }
            } catch let failure as KafkaFailure where failure.disposition != .fatal {
                logger.warning("the broker does not answer; waiting for it", Field("kafka.code", shown: failure.name))
            } catch is BrokerSilence {
                logger.warning("the broker gives nothing; taking back from the beginning again")
            }
            failures += 1
            _ = await stop.sleep(for: backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1)))
        }
        return false
    }

    private func fenced(_ identity: StoreIdentity, _ check: LogCheck) async throws -> Bool {
        guard check.highestEpoch != nil else { return true }
        let fence = Fence(consumer: consumer, timeout: limits.questionTimeout)
        return try await fence.leave(Witness(identity, beat: 0), at: examination.beginnings(check))
    }
}
