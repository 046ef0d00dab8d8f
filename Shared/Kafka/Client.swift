internal import CRdKafka
internal import Foundation
internal import Runtime

/// One librdkafka client and the one queue on which everything it has to say arrives.
///
/// Confined to its owner, an actor with a thread of its own: not Sendable, and no pointer of it leaves the module.
/// Destroyed exactly once, by its deinit; destroying never waits for a group, but for all events (the queue's users
/// hold none beyond a call).
final class Client {
    let role: Role
    let handle: OpaquePointer
    let queue: OpaquePointer
    private var topics: [String: OpaquePointer] = [:]
    private var lastTopic = (cString: [CChar](), name: "")

    /// Makes a client; its threads start here, its connections with the first need.
    /// - Throws: a refused, unknown or impossible setting, in librdkafka's words (which don't echo values).
    init(_ role: Role, settings: KafkaSettings, group: String? = nil, changes: [String: String] = [:])
        throws(KafkaFailure)
    {
        let properties = try Properties(role, settings: settings, group: group, changes: changes)
        let configuration = try properties.makeConfiguration()
        rd_kafka_conf_set_events(configuration, Self.events(of: role))
        let type = role == .consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
        let (made, reason) = withReasonText { rd_kafka_new(type, configuration, $0, $1) }
        guard let made else {
            rd_kafka_conf_destroy(configuration)
            throw KafkaFailure(rd_kafka_last_error(), reason)
        }
        self.role = role
        handle = made
        if role == .consumer {
            rd_kafka_poll_set_consumer(made)
            queue = rd_kafka_queue_get_consumer(made)
        } else {
            queue = rd_kafka_queue_get_main(made)
        }
        rd_kafka_set_log_queue(made, queue)
    }

    deinit {
        for topic in topics.values { rd_kafka_topic_destroy(topic) }
        rd_kafka_queue_destroy(queue)
        // Without leaving the group: there is no membership, and after a fatal error the plain form never returns.
        rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }

    /// The next event, or nil when none came within `milliseconds`. Blocks the calling thread.
    func poll(milliseconds: Int32) -> ClientEvent? {
        guard let event = rd_kafka_queue_poll(queue, milliseconds) else { return nil }
        defer { rd_kafka_event_destroy(event) }
        return ClientEvent(event, of: self)
    }

    /// The topic's handle, made at its first use and kept until the client ends.
    func topic(_ name: String) throws(KafkaFailure) -> OpaquePointer {
        if let known = topics[name] { return known }
        guard let made = rd_kafka_topic_new(handle, name, nil) else { throw KafkaFailure(rd_kafka_last_error()) }
        topics[name] = made
        return made
    }

    /// The name behind a topic's handle. Runs of records come from one topic, and comparing is cheaper than making
    /// text.
    func name(ofTopic topic: OpaquePointer?) -> String {
        guard let topic, let cString = rd_kafka_topic_name(topic) else { return "" }
        let same = lastTopic.cString.withUnsafeBufferPointer { known in
            known.baseAddress.map { strcmp($0, cString) == 0 } ?? false
        }
        if !same {
            lastTopic = (
                Array(UnsafeBufferPointer(start: cString, count: strlen(cString) + 1)), String(cString: cString)
            )
        }
        return lastTopic.name
    }

    /// What a fatal error was caused by; nil while the client lives.
    func fatalCause() -> KafkaFailure? {
        let (code, reason) = withReasonText { rd_kafka_fatal_error(handle, $0, $1) }
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaFailure(event: code, reason, isFatal: true)
    }

    /// A property as librdkafka holds it now. For tests: secrets would be shown.
    func property(_ key: String) -> String? {
        var size = 0
        guard let configuration = rd_kafka_conf(handle) else { return nil }
        guard rd_kafka_conf_get(configuration, key, nil, &size) == RD_KAFKA_CONF_OK else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer -> String? in
            guard rd_kafka_conf_get(configuration, key, buffer.baseAddress, &size) == RD_KAFKA_CONF_OK else {
                return nil
            }
            return buffer.baseAddress.map { String(cString: $0) }
        }
    }

    private static func events(of role: Role) -> Int32 {
        let both =
            RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS | RD_KAFKA_EVENT_LOG
            | RD_KAFKA_EVENT_OAUTHBEARER_TOKEN_REFRESH
        return both | (role == .consumer ? RD_KAFKA_EVENT_FETCH | RD_KAFKA_EVENT_OFFSET_COMMIT : RD_KAFKA_EVENT_DR)
    }
}

/// Calls a function of librdkafka that writes its reason into a buffer.
func withReasonText<Result>(_ body: (UnsafeMutablePointer<CChar>?, Int) -> Result) -> (Result, String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        buffer.initialize(repeating: 0)
        let result = body(buffer.baseAddress, buffer.count)
        return (result, buffer.baseAddress.map { String(cString: $0) } ?? "")
    }
}

extension Duration {
    /// For librdkafka's timeouts: whole milliseconds, at least 1, since 0 and -1 mean something else there.
    var timeoutMilliseconds: Int32 { Int32(clamping: max(wholeMilliseconds, 1)) }
}
