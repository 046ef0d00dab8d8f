internal import CRdKafka

extension Client {
    /// Hands one record over; librdkafka copies it. Nil when it was taken: its report will come with `number`.
    ///
    /// By `rd_kafka_produceva` with the topic's handle, headers one by one, and no partition: a list of headers
    /// together with a partition that doesn't exist is freed twice (librdkafka #4628).
    func produce(_ record: OutgoingRecord, number: Int) throws(KafkaFailure) -> KafkaFailure? {
        let topic = try self.topic(record.topic)
        let layout = MessageLayout(record)
        let error = layout.bytes.withUnsafeBytes { memory in
            let arguments = layout.arguments(topic: topic, number: number, memory: memory)
            return arguments.withUnsafeBufferPointer { rd_kafka_produceva(handle, $0.baseAddress, $0.count) }
        }
        guard let error else { return nil }
        defer { rd_kafka_error_destroy(error) }
        let reason = rd_kafka_error_string(error).map { String(cString: $0) }
        if rd_kafka_error_is_fatal(error) != 0 {
            return fatalCause() ?? KafkaFailure(rd_kafka_error_code(error), reason)
        }
        return KafkaFailure(rd_kafka_error_code(error), reason)
    }

    /// Gives up all records that were handed over; their reports follow at once.
    func purge() { rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT) }
}

/// A record's parts one after the other in one piece of memory, so that one pointer reaches them all while librdkafka
/// copies them. Names end with a zero byte.
private struct MessageLayout {
    var bytes: [UInt8] = []
    private var key = 0..<0
    private var value: Range<Int>?
    private var headers: [(name: Int, value: Range<Int>?)] = []

    init(_ record: OutgoingRecord) {
        bytes.reserveCapacity(record.key.count + (record.value?.count ?? 0) + 80 * record.headers.count + 1)
        key = append(record.key)
        value = record.value.map { append($0) }
        headers.reserveCapacity(record.headers.count)
        for header in record.headers {
            let name = bytes.count
            bytes.append(contentsOf: header.name.utf8)
            bytes.append(0)
            headers.append((name, header.value.map { append($0) }))
        }
        // Never without memory: a null pointer would turn an empty key into no key.
        bytes.append(0)
    }

    private mutating func append(_ part: some Collection<UInt8>) -> Range<Int> {
        bytes.append(contentsOf: part)
        return bytes.count - part.count..<bytes.count
    }

    func arguments(topic: OpaquePointer, number: Int, memory: UnsafeRawBufferPointer) -> [rd_kafka_vu_t] {
        let base = UnsafeMutableRawPointer(mutating: memory.baseAddress)
        var arguments: [rd_kafka_vu_t] = []
        arguments.reserveCapacity(5 + headers.count)
        func add(_ type: rd_kafka_vtype_t, _ fill: (inout rd_kafka_vu_t) -> Void) {
            var argument = rd_kafka_vu_t()
            argument.vtype = type
            fill(&argument)
            arguments.append(argument)
        }
        add(RD_KAFKA_VTYPE_RKT) { $0.u.rkt = topic }
        add(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY }
        add(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = UnsafeMutableRawPointer(bitPattern: number) }
        add(RD_KAFKA_VTYPE_KEY) {
            $0.u.mem.ptr = base?.advanced(by: key.lowerBound)
            $0.u.mem.size = key.count
        }
        if let value {
            add(RD_KAFKA_VTYPE_VALUE) {
                $0.u.mem.ptr = base?.advanced(by: value.lowerBound)
                $0.u.mem.size = value.count
            }
        }
        for header in headers {
            add(RD_KAFKA_VTYPE_HEADER) {
                $0.u.header.name = base.map { UnsafePointer(($0 + header.name).assumingMemoryBound(to: CChar.self)) }
                $0.u.header.val = header.value.flatMap { range in base.map { UnsafeRawPointer($0 + range.lowerBound) } }
                $0.u.header.size = header.value?.count ?? 0
            }
        }
        return arguments
    }
}
