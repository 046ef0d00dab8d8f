internal import CRdKafka
internal import Runtime

/// A second, short-lived consumer that looks up single records without disturbing what the first one reads.
enum Probe {
    /// Few bytes: one record a partition is wanted. Ends of partitions are told, so that a lookup there need not wait.
    static let changes = [
        "enable.partition.eof": "true", "queued.min.messages": "1", "fetch.wait.max.ms": "10",
        "fetch.message.max.bytes": "131072", "statistics.interval.ms": "0",
    ]

    /// The record at each offset, or the next one that is still there; nothing for a partition that has none.
    /// - Throws: a timeout when some partition said neither within the time.
    static func records(at offsets: [TopicPartition: Int64], by client: Client, timeout: Duration, watch: ClientWatch)
        throws(KafkaFailure) -> [TopicPartition: ConsumedRecord]
    {
        let code = PartitionList.with(offsets) { rd_kafka_assign(client.handle, $0) }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaFailure(code) }
        defer { rd_kafka_assign(client.handle, nil) }
        var waiting = Set(offsets.keys)
        var found: [TopicPartition: ConsumedRecord] = [:]
        let deadline = ContinuousClock.now + timeout
        while !waiting.isEmpty {
            let left = deadline - .now
            guard left > .zero else {
                throw KafkaFailure(
                    RD_KAFKA_RESP_ERR__TIMED_OUT, "no record from \(waiting.sorted().map(\.description))")
            }
            switch client.poll(milliseconds: min(left, .milliseconds(100)).timeoutMilliseconds) {
            case .record(let record):
                if waiting.remove(record.topicPartition) != nil { found[record.topicPartition] = record }
            case .endOfPartition(let place):
                waiting.remove(place)
            case .partitionFailure(let place, let failure) where failure.code == .offsetOutsideLog:
                waiting.remove(place)
            case .partitionFailure(_, let failure), .failure(let failure):
                watch.note(failure)
                if failure.disposition == .refuse || failure.disposition == .fatal { throw failure }
            case .log(let level, let facility, let text):
                watch.note(level: level, facility: facility, text: text)
            case .tokenRefresh:
                watch.refuseToken(client)
            case .reports, .statistics, .committed, .unknown, nil:
                break
            }
        }
        return found
    }
}
