internal import CRdKafka
internal import Foundation

/// What a client says, as a value: nothing in it refers to librdkafka's memory.
enum ClientEvent {
    case record(ConsumedRecord)
    /// Reading one partition failed; the others go on.
    case partitionFailure(TopicPartition, KafkaFailure)
    /// There is nothing more in the partition for now. Only from clients that asked for it.
    case endOfPartition(TopicPartition)
    case reports([DeliveryReport])
    case failure(KafkaFailure)
    case statistics([UInt8])
    /// An advisory commit was answered.
    case committed(KafkaFailure?)
    case tokenRefresh
    case log(level: Int32, facility: String, text: String)
    /// A type this module doesn't know: counted, otherwise ignored.
    case unknown

    /// Copies the event out. The event stays the caller's.
    init(_ event: OpaquePointer, of client: Client) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_FETCH:
            self = Self.fetched(event, of: client)
        case RD_KAFKA_EVENT_DR:
            self = .reports(DeliveryReport.all(in: event))
        case RD_KAFKA_EVENT_ERROR:
            self = Self.error(event, of: client)
        case RD_KAFKA_EVENT_STATS:
            self = .statistics(
                rd_kafka_event_stats(event).map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? [])
        case RD_KAFKA_EVENT_OFFSET_COMMIT:
            self = .committed(Self.commitFailure(event))
        case RD_KAFKA_EVENT_OAUTHBEARER_TOKEN_REFRESH:
            self = .tokenRefresh
        case RD_KAFKA_EVENT_LOG:
            self = Self.log(event)
        default:
            self = .unknown
        }
    }

    private static func fetched(_ event: OpaquePointer, of client: Client) -> ClientEvent {
        guard let message = rd_kafka_event_message_next(event) else { return .unknown }
        let place = TopicPartition(
            topic: client.name(ofTopic: message.pointee.rkt), partition: message.pointee.partition)
        // A fetched message may carry an error instead of a record.
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return failed(
                place, message.pointee.err, rd_kafka_message_errstr(message).map { String(cString: $0) } ?? "")
        }
        return .record(ConsumedRecord(message, at: place))
    }

    private static func error(_ event: OpaquePointer, of client: Client) -> ClientEvent {
        let code = rd_kafka_event_error(event)
        let reason = rd_kafka_event_error_string(event).map { String(cString: $0) } ?? ""
        if rd_kafka_event_error_is_fatal(event) != 0 || code == RD_KAFKA_RESP_ERR__FATAL {
            return .failure(client.fatalCause() ?? KafkaFailure(event: code, reason, isFatal: true))
        }
        guard let place = rd_kafka_event_topic_partition(event) else {
            return .failure(KafkaFailure(event: code, reason, isFatal: false))
        }
        defer { rd_kafka_topic_partition_destroy(place) }
        let topicPartition = TopicPartition(
            topic: String(cString: place.pointee.topic), partition: place.pointee.partition)
        return failed(topicPartition, code, reason)
    }

    private static func failed(_ place: TopicPartition, _ code: rd_kafka_resp_err_t, _ reason: String) -> ClientEvent {
        if code == RD_KAFKA_RESP_ERR__PARTITION_EOF { return .endOfPartition(place) }
        return .partitionFailure(place, KafkaFailure(event: code, reason, isFatal: false).at(place))
    }

    private static func commitFailure(_ event: OpaquePointer) -> KafkaFailure? {
        let code = rd_kafka_event_error(event)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            return KafkaFailure(code, rd_kafka_event_error_string(event).map { String(cString: $0) })
        }
        guard let list = rd_kafka_event_topic_partition_list(event) else { return nil }
        return PartitionList.firstFailure(in: list)
    }

    private static func log(_ event: OpaquePointer) -> ClientEvent {
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        var level: Int32 = 0
        guard rd_kafka_event_log(event, &facility, &text, &level) == 0 else { return .unknown }
        return .log(
            level: level, facility: facility.map { String(cString: $0) } ?? "",
            text: text.map { String(cString: $0) } ?? "")
    }
}
