internal import CRdKafka
internal import Runtime

/// Questions to the broker. Each blocks the calling thread until the answer or the timeout.
extension Client {
    func clusterID(timeout: Duration) throws(KafkaFailure) -> String {
        guard let text = rd_kafka_clusterid(handle, timeout.timeoutMilliseconds) else {
            throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT, "no broker told the cluster's id")
        }
        defer { rd_kafka_mem_free(handle, text) }
        return String(cString: text)
    }

    /// How many partitions a topic has. Asking never makes the topic on a broker that follows the protocol.
    func partitionCount(of topic: String, timeout: Duration) throws(KafkaFailure) -> Int32 {
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(handle, 0, try self.topic(topic), &answer, timeout.timeoutMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else { throw KafkaFailure(code) }
        defer { rd_kafka_metadata_destroy(answer) }
        for index in 0..<Int(answer.pointee.topic_cnt)
        where String(cString: answer.pointee.topics[index].topic) == topic {
            let found = answer.pointee.topics[index]
            guard found.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaFailure(found.err, "\(topic): \(String(cString: rd_kafka_err2str(found.err)))")
            }
            return found.partition_cnt
        }
        throw KafkaFailure(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "\(topic): not in the broker's answer")
    }

    /// Both ends of many logs: two requests to each broker that leads some of them, however many partitions there are.
    func watermarks(of places: [TopicPartition], timeout: Duration) throws(KafkaFailure) -> [TopicPartition: Watermarks]
    {
        let lows = try offsets(of: places, at: Int64(RD_KAFKA_OFFSET_BEGINNING), timeout: timeout)
        let highs = try offsets(of: places, at: Int64(RD_KAFKA_OFFSET_END), timeout: timeout)
        return lows.reduce(into: [:]) { result, low in
            result[low.key] = highs[low.key].map { Watermarks(low: low.value, high: $0) }
        }
    }

    /// `end` is one of the protocol's two special times, which stand for the ends of the log (ListOffsets; the call for
    /// many partitions exists only under the name of looking up times).
    func offsets(of places: [TopicPartition], at end: Int64, timeout: Duration) throws(KafkaFailure) -> [TopicPartition:
        Int64]
    {
        if places.isEmpty { return [:] }
        let question = Dictionary(places.map { ($0, end) }, uniquingKeysWith: { first, _ in first })
        let (code, entries) = PartitionList.with(question) { list in
            (rd_kafka_offsets_for_times(handle, list, timeout.timeoutMilliseconds), PartitionList.entries(of: list))
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaFailure(code) }
        return try Self.offsets(entries)
    }

    func committed(_ places: [TopicPartition], timeout: Duration) throws(KafkaFailure) -> [TopicPartition:
        CommittedOffset]
    {
        if places.isEmpty { return [:] }
        let question = Dictionary(
            places.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) }, uniquingKeysWith: { first, _ in first })
        let (code, entries) = PartitionList.with(question) { list in
            (rd_kafka_committed(handle, list, timeout.timeoutMilliseconds), PartitionList.entries(of: list))
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaFailure(code) }
        var result: [TopicPartition: CommittedOffset] = [:]
        for entry in entries {
            guard entry.code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaFailure(entry.code).at(entry.place) }
            guard entry.offset >= 0 else { continue }
            result[entry.place] = CommittedOffset(offset: entry.offset, metadata: entry.metadata)
        }
        return result
    }

    private static func offsets(_ entries: [PartitionList.Entry]) throws(KafkaFailure) -> [TopicPartition: Int64] {
        var result: [TopicPartition: Int64] = [:]
        for entry in entries {
            guard entry.code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaFailure(entry.code).at(entry.place)
            }
            guard entry.offset >= 0 else {
                throw KafkaFailure(RD_KAFKA_RESP_ERR__NO_OFFSET, "the broker told no offset").at(entry.place)
            }
            result[entry.place] = entry.offset
        }
        return result
    }
}
