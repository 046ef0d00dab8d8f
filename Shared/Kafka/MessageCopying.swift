internal import CRdKafka
internal import Runtime

extension ConsumedRecord {
    /// Copies a fetched message out of librdkafka's memory.
    init(_ message: UnsafePointer<rd_kafka_message_t>, at place: TopicPartition) {
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let milliseconds = rd_kafka_message_timestamp(message, &type)
        self.init(
            topicPartition: place, offset: message.pointee.offset,
            key: Self.bytes(message.pointee.key, message.pointee.key_len),
            value: Self.bytes(message.pointee.payload, message.pointee.len), headers: Self.headers(of: message),
            timestamp: type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : Timestamp(milliseconds: milliseconds))
    }

    /// Null stays null: a tombstone is not an empty value.
    private static func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
        start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }

    /// Walks the list thrice, so that the values have one piece of memory of the right size.
    private static func headers(of message: UnsafePointer<rd_kafka_message_t>) -> [Header] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
        var bytesOfValues = 0
        forEach(of: list) { _, value in bytesOfValues += value?.count ?? 0 }
        var values: [UInt8] = []
        values.reserveCapacity(bytesOfValues)
        forEach(of: list) { _, value in if let value { values.append(contentsOf: value) } }
        var headers: [Header] = []
        headers.reserveCapacity(rd_kafka_header_cnt(list))
        var start = 0
        forEach(of: list) { name, value in
            let end = start + (value?.count ?? 0)
            headers.append(
                Header(name: name.map { String(cString: $0) } ?? "", slice: value == nil ? nil : values[start..<end]))
            start = end
        }
        return headers
    }

    private static func forEach(
        of list: OpaquePointer, _ body: (UnsafePointer<CChar>?, UnsafeRawBufferPointer?) -> Void
    ) {
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var (place, size) = (0, 0)
        while rd_kafka_header_get_all(list, place, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
            body(name, value.map { UnsafeRawBufferPointer(start: $0, count: size) })
            place += 1
        }
    }
}
