internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// Asks store and broker what `LogCheck` has to know, and brings the answers together.
struct LogExamination: Sendable {
    /// One slice of one service's topics.
    struct Slice: Sendable {
        /// Topics in the order of the catalogue, with the partitions that this process reads.
        let partitions: [TopicPartition]
        /// Topic names as the broker has them, with the contract's partition counts; the service's own topics too.
        let counts: [String: Int]
        let compacted: Set<String>
        /// The topics that the service writes, with all their partitions.
        let written: [Topic: [TopicPartition]]
    }

    let slice: Slice
    let store: Store
    let consumer: KafkaConsumer
    let timeout: Duration
    let logger: Logger

    /// What the store knows of each partition of the slice.
    func known() async throws -> [LogCheck.Place: KnownPartition] {
        try await store.read { scope in
            let rows = try scope.all("SELECT topic, partition, next, last_id FROM next_offset") { row in
                (
                    LogCheck.Place(topic: row.text(0), partition: Int32(row.int(1))),
                    KnownPartition(next: row.integer(2), lastID: try row.uuidIfAny(3))
                )
            }
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }

    /// Compares the partition counts before anything else: with another count the other questions make no sense.
    func partitionCountFindings() async throws -> [LogFinding] {
        var findings: [LogFinding] = []
        for (topic, contract) in slice.counts.sorted(by: { $0.key < $1.key }) {
            let seen = Int(try await consumer.partitionCount(of: topic, timeout: timeout))
            if seen != contract { findings.append(.partitionCount(topic: topic, contract: contract, seen: seen)) }
        }
        return findings
    }

    /// The whole check. Costs four requests, and one fetch that covers all partitions that were read before.
    func check(_ identity: StoreIdentity) async throws -> LogCheck {
        let known = try await known()
        let cluster = try await consumer.clusterID(timeout: timeout)
        let marks = try await consumer.watermarks(of: slice.partitions, timeout: timeout)
        let committed = try await consumer.committed(slice.partitions, timeout: timeout)
        let before = try await idsBeforeNext(known, marks)
        var seen: [LogCheck.Place: SeenPartition] = [:]
        for place in slice.partitions {
            guard let mark = marks[place] else { continue }
            let key = LogCheck.Place(topic: place.topic, partition: place.partition)
            seen[key] = SeenPartition(
                start: mark.low, end: mark.high, idBeforeNext: before[place], committed: committed[place]?.offset,
                witness: Witness(text: committed[place]?.metadata))
        }
        return LogCheck(
            identity: identity, cluster: cluster, compacted: slice.compacted, known: known, seen: seen)
    }

    /// The topics of ours on which nothing was ever written.
    func emptyTopics() async throws -> [Topic] {
        let marks = try await consumer.watermarks(of: slice.written.values.flatMap { $0 }, timeout: timeout)
        return slice.written.filter { $0.value.allSatisfy { marks[$0]?.high == 0 } }.map(\.key)
    }

    /// Where reading begins: the stored offset, or the start of the log for a partition never read.
    func beginnings(_ check: LogCheck) -> [TopicPartition: Int64] {
        var beginnings: [TopicPartition: Int64] = [:]
        for place in slice.partitions {
            let key = LogCheck.Place(topic: place.topic, partition: place.partition)
            let start = check.seen[key]?.start ?? 0
            beginnings[place] = max(check.known[key]?.next ?? start, start)
        }
        return beginnings
    }

    /// Where the logs ended when they were looked at.
    func ends(_ check: LogCheck) -> [TopicPartition: Int64] {
        slice.partitions.reduce(into: [:]) { ends, place in
            ends[place] = check.seen[LogCheck.Place(topic: place.topic, partition: place.partition)]?.end
        }
    }

    /// Watches whether another process renews the witness. Time in which the broker doesn't answer isn't counted:
    /// nobody was seen to be silent in it.
    /// - Returns: true when it does; false when it was silent all the time, or when asked to stop.
    func somebodyElseIsAlive(during watch: Duration, stop: StopSignal) async throws -> Bool {
        var before: [TopicPartition: String?]?
        var watched = Duration.zero
        let step = min(Duration.seconds(2), watch)
        while watched < watch {
            do {
                let now = try await beats()
                if let before {
                    if now != before { return true }
                    watched += step
                }
                before = before ?? now
            } catch let failure as KafkaFailure where failure.disposition != .fatal {
                logger.warning("the broker does not answer; watching on", Field("kafka.code", shown: failure.name))
            }
            guard await stop.sleep(for: step) else { return false }
        }
        return false
    }

    private func beats() async throws -> [TopicPartition: String?] {
        try await consumer.committed(slice.partitions, timeout: timeout).mapValues(\.metadata)
    }

    /// The event ids of the records just before the next offsets; none where the log has no record at that very
    /// place, or one without an id.
    private func idsBeforeNext(
        _ known: [LogCheck.Place: KnownPartition], _ marks: [TopicPartition: Watermarks]
    ) async throws -> [TopicPartition: UUID] {
        var offsets: [TopicPartition: Int64] = [:]
        for (place, mark) in marks {
            let partition = known[LogCheck.Place(topic: place.topic, partition: place.partition)]
            guard let partition, partition.lastID != nil, partition.next > mark.low, partition.next <= mark.high else {
                continue
            }
            offsets[place] = partition.next - 1
        }
        let records = try await consumer.records(at: offsets, timeout: timeout)
        return records.compactMapValues { record in
            record.offset == offsets[record.topicPartition] ? record.eventID : nil
        }
    }
}
