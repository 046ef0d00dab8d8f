internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// Everything between the start of a service and its first record: waits for the broker, checks that the log is the
/// store's own, watches for a process on a copy of the store, and remembers the new boot.
struct LogOpening: Sendable {
    /// Where reading begins and who reads.
    struct Position: Sendable {
        var next: [TopicPartition: Int64]
        /// Where the logs ended then; of a store that is made anew, after what had been said was taken back.
        let ends: [TopicPartition: Int64]
        /// Up to where own topics were taken back, if that has to be done once more; nil otherwise.
        var takenBack: [TopicPartition: Int64]?
        /// Not before that; nil when at once.
        var takingBackRestsUntil: ContinuousClock.Instant?
        let identity: StoreIdentity
        /// The processes before this one, whose marks may still stand with the broker.
        let earlierBoots: Set<UUID>
    }

    let store: Store
    let patience: PatientWrites
    let consumer: KafkaConsumer
    let examination: LogExamination
    /// For a service that can be rebuilt from its topics; nil for one that is restored.
    let coldStart: ColdStart?
    let catchingUp: CatchingUp
    let limits: DeliveryLimits
    let ids: IdentifierSource
    let logger: Logger

    /// - Returns: nil when asked to stop while the broker was away.
    /// - Throws: `LogRefusal` when an operator must decide.
    func open(until stop: StopSignal) async throws -> Position? {
        let place = try store.directory.place()
        guard let stored = try await store.read({ try StoreIdentity.read(in: $0) }) else {
            throw StoreFailure(.fatal, reason: "the store has no identity", hint: "report this line")
        }
        var identity = stored
        identity.place = place
        guard let (check, emptyTopics) = try await checked(identity, until: stop) else { return nil }
        let earlier = try await store.read { try StoreIdentity.remembered(place: place, in: $0) }
        let isElsewhere = check.lastReaderIsElsewhere(remembered: earlier)
        if isElsewhere || check.lastReaderIsForeign {
            logger.warning("another process was the last to read; watching whether it still lives")
            if try await examination.somebodyElseIsAlive(during: limits.witnessWatch, stop: stop) {
                throw LogRefusal(findings: [check.lastReaderIsForeign ? .foreignStore : .copyAlive])
            }
            if stop.isStopping { return nil }
            if isElsewhere { identity.epoch += 1 }
        }
        if !check.findings().isEmpty {
            guard let epoch = try await coldStart?.epoch(over: check, until: stop) else { return nil }
            identity.epoch = max(identity.epoch, epoch)
        }
        identity.cluster = check.cluster
        identity.boot = ids.random()
        guard try await remember(identity, until: stop) else { return nil }
        var rebuilt: ColdStart.Rebuilt?
        if check.isCold, let coldStart {
            rebuilt = try await coldStart.rebuild(identity, after: check, showing: catchingUp, until: stop)
            guard let rebuilt else { return nil }
            identity.epoch = rebuilt.epoch
        }
        let next = examination.beginnings(check)
        let begun = try await begin(identity, at: next, rebuilt?.takenBack, until: stop)
        guard let takenBack = begun else { return nil }
        DeliveryFaultPoints.opened.reach()
        for topic in emptyTopics { try await publishAgain(topic, until: stop) }
        return Position(
            next: next, ends: rebuilt?.ends ?? examination.ends(check),
            takenBack: coldStart == nil ? nil : takenBack, identity: identity, earlierBoots: earlier)
    }

    /// From here on the store isn't new any more.
    /// - Returns: up to where own topics were taken back, if that is due once more; the outer nil when asked to stop.
    private func begin(
        _ identity: StoreIdentity, at next: [TopicPartition: Int64], _ takenBack: TakenBack?, until stop: StopSignal
    ) async throws -> [TopicPartition: Int64]?? {
        try await patience.write(until: stop) { transaction in
            try identity.save(in: transaction)
            try Self.remember(next, in: transaction)
            if let takenBack { try TakenBackTable.write(takenBack, in: transaction) }
            return try TakenBackTable.due(in: transaction)
        }
    }

    /// The process is on disk before it leaves its first mark.
    private func remember(_ identity: StoreIdentity, until stop: StopSignal) async throws -> Bool {
        let written: Void? = try await patience.write(until: stop) { transaction in
            try identity.save(in: transaction)
            try identity.rememberBoot(in: transaction)
        }
        return written != nil
    }

    private func checked(_ identity: StoreIdentity, until stop: StopSignal) async throws -> (
        LogCheck, emptyTopics: [Topic]
    )? {
        var failures = 0
        let backoff = Backoff(first: limits.retryFirst, ceiling: limits.retryCeiling)
        while !stop.isStopping {
            do {
                let counts = try await examination.partitionCountFindings()
                guard counts.isEmpty else { throw LogRefusal(findings: counts) }
                let check = try await examination.check(identity)
                let findings = check.findings()
                // A store that has read nothing yet may take the place of another one.
                let takesOver = coldStart != nil && check.isCold && findings == [.foreignStore]
                guard findings.isEmpty || takesOver else { throw LogRefusal(findings: findings) }
                return (check, try await examination.emptyTopics())
            } catch let failure as KafkaFailure where failure.disposition != .fatal {
                failures += 1
                if failures == 1 {
                    logger.warning(
                        "the broker does not answer; waiting for it", Field("kafka.code", shown: failure.name))
                }
            }
            _ = await stop.sleep(for: backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1)))
        }
        return nil
    }

    /// A topic of ours that holds nothing although we have published there was made anew: the journal fills it again.
    /// Its readers know the events by their ids.
    private func publishAgain(_ topic: Topic, until stop: StopSignal) async throws {
        let moved = try await patience.write(until: stop) { transaction in
            try transaction.execute(
                """
                UPDATE watermark SET published = 0 WHERE topic = ?1 AND published > 0
                    AND EXISTS (SELECT 1 FROM outbox WHERE topic = ?1 AND seq <= watermark.published)
                """, .text(topic.rawValue))
        }
        if let moved, moved > 0 {
            logger.warning(
                "a topic of ours is empty; publishing it again from the journal", Field("topic", shown: topic.rawValue))
        }
    }

    /// A partition read for the first time begins at the start of its log.
    private static func remember(_ next: [TopicPartition: Int64], in transaction: Transaction) throws {
        for (place, offset) in next {
            try transaction.execute(
                """
                INSERT INTO next_offset (topic, partition, next) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET next = max(next, excluded.next)
                """, .text(place.topic), .int(place.partition), .integer(offset))
        }
    }
}
