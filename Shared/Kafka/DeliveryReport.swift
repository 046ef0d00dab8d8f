internal import CRdKafka

/// What the broker, or the client in its place, said about one record. The record's number in its chunk came back as
/// the message's opaque.
struct DeliveryReport {
    let number: Int
    let result: PublishResult

    /// One event carries the reports of many records.
    static func all(in event: OpaquePointer) -> [DeliveryReport] {
        var reports: [DeliveryReport] = []
        reports.reserveCapacity(rd_kafka_event_message_count(event))
        while let message = rd_kafka_event_message_next(event) {
            reports.append(
                DeliveryReport(number: Int(bitPattern: message.pointee._private), result: result(of: message)))
        }
        return reports
    }

    /// The status decides what an error means: refused is only what certainly isn't in the log; whatever may be there
    /// is sent again, and readers recognise it.
    private static func result(of message: UnsafePointer<rd_kafka_message_t>) -> PublishResult {
        let status = rd_kafka_message_status(message)
        let offset = message.pointee.offset
        if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR || status == RD_KAFKA_MSG_STATUS_PERSISTED {
            return .persisted(partition: message.pointee.partition, offset: offset >= 0 ? offset : nil)
        }
        let failure = KafkaFailure(message.pointee.err)
        if failure.disposition == .refuse && status == RD_KAFKA_MSG_STATUS_NOT_PERSISTED { return .refused(failure) }
        return .retry(failure.with(.retry))
    }
}
