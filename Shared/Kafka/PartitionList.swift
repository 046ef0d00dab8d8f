internal import CRdKafka
internal import Foundation

/// Lists of partitions as librdkafka takes and gives them, each living only within one call.
enum PartitionList {
    /// Calls `body` with a list of the partitions at their offsets.
    static func with<Result>(
        _ offsets: [TopicPartition: Int64], metadata: String? = nil,
        _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> Result
    ) -> Result {
        guard let list = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count)) else {
            preconditionFailure("librdkafka aborts rather than return without memory")
        }
        defer { rd_kafka_topic_partition_list_destroy(list) }
        for (place, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            guard let entry = rd_kafka_topic_partition_list_add(list, place.topic, place.partition) else { continue }
            entry.pointee.offset = offset
            // The list frees the text with C's free, so it must come from C's malloc.
            if let metadata, let copy = strdup(metadata) {
                entry.pointee.metadata = UnsafeMutableRawPointer(copy)
                entry.pointee.metadata_size = strlen(copy)
            }
        }
        return body(list)
    }

    /// What a call wrote into a list.
    struct Entry {
        let place: TopicPartition
        let offset: Int64
        let metadata: String?
        let code: rd_kafka_resp_err_t
    }

    /// Copies a list out.
    static func entries(of list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [Entry] {
        UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt)).map { element in
            let metadata = element.metadata.map {
                String(decoding: UnsafeRawBufferPointer(start: $0, count: element.metadata_size), as: UTF8.self)
            }
            return Entry(
                place: TopicPartition(topic: String(cString: element.topic), partition: element.partition),
                offset: element.offset, metadata: metadata, code: element.err)
        }
    }

    /// The first partition of a list that has an error.
    static func firstFailure(in list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> KafkaFailure? {
        for entry in entries(of: list) where entry.code != RD_KAFKA_RESP_ERR_NO_ERROR {
            return KafkaFailure(entry.code).at(entry.place)
        }
        return nil
    }
}
