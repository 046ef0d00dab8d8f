internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// The broker gave nothing for too long, while there was something to give.
struct BrokerSilence: Error {
    let silence: Duration
}

/// Reads a service's own topics and puts into the journal what an older or a new store doesn't remember having said, so
/// that applying its inputs again says nothing twice. Done again after an interruption, it changes nothing.
struct TakingBack: Sendable {
    let service: ServiceName
    let names: TopicNames
    let consumer: KafkaConsumer
    let patience: PatientWrites
    let limits: DeliveryLimits
    let logger: Logger
    /// Longer than that without a record, and the broker is taken to be away.
    private static let silenceMax = Duration.seconds(60)

    /// Writes the service's own tables from one of its events.
    let takeBack: @Sendable (ReceivedEvent, Transaction) throws -> Void

    /// Reads everything up to the ends as they are now. Costs one pass over the topics within their retention.
    /// - Parameters:
    ///   - begins: where an earlier reading ended; from the beginnings without one.
    ///   - catchingUp: is shown how far it has come.
    ///   - between: is called after each part.
    /// - Returns: nil when asked to stop before the ends.
    func run(
        from begins: [TopicPartition: Int64] = [:], showing catchingUp: CatchingUp? = nil, until stop: StopSignal,
        between: () async throws -> Void = {}
    ) async throws -> TakenBack? {
        let contracts = Catalogue.topicsWritten(by: service)
        let places = contracts.flatMap { contract in
            (0..<contract.partitions).map {
                TopicPartition(topic: names.name(of: contract.topic), partition: $0)
            }
        }
        let marks = try await consumer.watermarks(of: places, timeout: limits.questionTimeout)
        var takenBack = TakenBack(began: marks.mapValues(\.low), ended: marks.mapValues(\.high))
        // A topic that was made anew is read whole.
        let first = marks.reduce(into: [TopicPartition: Int64]()) { first, mark in
            let begin = begins[mark.key].map { $0 > mark.value.high ? 0 : $0 } ?? 0
            first[mark.key] = max(begin, mark.value.low)
        }
        var remaining = takenBack.ended.filter { first[$0.key, default: 0] < $0.value }
        if remaining.isEmpty { return takenBack }
        catchingUp?.beginTakingBack(from: first, to: takenBack.ended, at: .now)
        try await consumer.assign(first)
        var lastCame = ContinuousClock.now
        while !remaining.isEmpty {
            if stop.isStopping { return nil }
            let records = try await consumer.poll(
                recordsMax: limits.batchRecordsMax, bytesMax: limits.batchBytesMax, bytesMin: limits.batchBytesMin,
                linger: limits.batchLinger)
            if !records.isEmpty { lastCame = .now }
            guard ContinuousClock.now - lastCame < Self.silenceMax else {
                throw BrokerSilence(silence: Self.silenceMax)
            }
            let restored = try await patience.write(until: stop) { try restore(records, in: $0) }
            guard let restored else { return nil }
            takenBack.events += restored.count
            takenBack.epochMax = [takenBack.epochMax, restored.epochMax].compactMap(\.self).max()
            DeliveryFaultPoints.takenBack.reach()
            for record in records where record.offset + 1 >= remaining[record.topicPartition, default: .max] {
                remaining[record.topicPartition] = nil
            }
            let moved = Dictionary(records.map { ($0.topicPartition, $0.offset + 1) }) { max($0, $1) }
            if let line = catchingUp?.read(moved, at: .now) { logger.info("taking back what was said", line) }
            try await between()
        }
        return takenBack
    }

    /// Where everything in the journal was on the broker before, it is so after: these rows came from there.
    func restore(
        _ records: [ConsumedRecord], in transaction: Transaction
    ) throws -> (count: Int, epochMax: Int?) {
        let topics = Catalogue.topicsWritten(by: service).map(\.topic)
        let before = try PublishedMarks.load(topics: topics, in: transaction)
        let last = try Self.lastSeq(in: transaction)
        var restored = (count: 0, epochMax: Int?.none)
        for record in records {
            guard let (isNew, epoch) = try restore(record, in: transaction) else { continue }
            if isNew { restored.count += 1 }
            restored.epochMax = max(restored.epochMax ?? epoch, epoch)
        }
        guard restored.count > 0, before.stopped.isEmpty, before.position >= last else { return restored }
        let end = try Self.lastSeq(in: transaction)
        let after = PublishedMarks(published: before.published.mapValues { _ in end }, stopped: [:])
        try after.save(over: before, in: transaction)
        return restored
    }

    private static func lastSeq(in scope: ReadScope) throws -> Int64 {
        try scope.first("SELECT max(seq) FROM outbox") { $0.integer(0) } ?? 0
    }

    /// - Returns: whether the event is new to the store, and its epoch; nil for what isn't an event of the service.
    private func restore(
        _ record: ConsumedRecord, in transaction: Transaction
    ) throws -> (isNew: Bool, epoch: Int)? {
        guard let topic = names.topic(named: record.topicPartition.topic), let value = record.value else {
            return nil
        }
        let envelope: Envelope
        do {
            envelope = try record.envelope()
        } catch {
            // What isn't an event of this service was never said by it, whoever wrote it there.
            return nil
        }
        guard envelope.source.service == service.rawValue, let type = envelope.eventType else { return nil }
        let child = Catalogue.contract(for: topic).keyKind == .child ? envelope.child : nil
        let added = try transaction.execute(
            """
            INSERT INTO outbox
                (topic, key, child, id, type, subject, revision, time, traceparent, causation, epoch, value)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            .text(topic.rawValue), .text(envelope.partitionKey), .maybe(child?.uuid), .uuid(envelope.id),
            .text(type.name), .text(envelope.subject), .int(envelope.revision), .time(envelope.time),
            .maybe(envelope.traceparent), .maybe(envelope.causationID), .int(envelope.epoch), .blob(value))
        guard added == 1 else { return (false, envelope.epoch) }
        transaction.tally("outbox", type.name, by: 1)
        try takeBack(
            ReceivedEvent(envelope: envelope, topic: topic, value: value, child: child), transaction)
        return (true, envelope.epoch)
    }
}
