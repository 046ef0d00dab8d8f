internal import CRdKafka
public import Events

/// Makes, deletes and widens topics on a broker, and asks how far each partition reaches.
///
/// For development and tests: a service makes no topic. Every call waits for the broker's answer on the calling thread,
/// at most 15 s.
public final class TopicAdministration {
    private static let timeoutMilliseconds: Int32 = 15_000

    /// What librdkafka or the broker would not do, in its words.
    public struct Refusal: Error, CustomStringConvertible {
        /// With the topic's name where there is one.
        public let description: String
    }

    private let client: OpaquePointer

    /// - Parameter settings: librdkafka's own keys, as TLS needs them.
    public init(servers: String, settings: [String: String] = [:]) throws {
        let configuration = rd_kafka_conf_new()
        var text = [CChar](repeating: 0, count: 512)
        for (key, value) in settings.merging(["bootstrap.servers": servers], uniquingKeysWith: { $1 }) {
            guard rd_kafka_conf_set(configuration, key, value, &text, text.count) == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(configuration)
                throw Refusal(description: Self.string(text))
            }
        }
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &text, text.count) else {
            rd_kafka_conf_destroy(configuration)
            throw Refusal(description: Self.string(text))
        }
        self.client = client
    }

    deinit { rd_kafka_destroy(client) }

    /// Makes the topics that aren't there yet, with the catalogue's partitions and retention, replicated as often as
    /// the cluster does by default.
    /// - Returns: how many were made.
    @discardableResult
    public func create(_ contracts: [TopicContract], prefix: String = "") throws -> Int {
        var topics: [OpaquePointer?] = try contracts.map { try newTopic($0, prefix: prefix) }
        defer { for topic in topics { rd_kafka_NewTopic_destroy(topic) } }
        let event = try answer { rd_kafka_CreateTopics(client, &topics, topics.count, nil, $0) }
        defer { rd_kafka_event_destroy(event) }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
        return try (0..<count).count { index in
            if rd_kafka_topic_result_error(results?[index]) == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { return false }
            try Self.check(results?[index])
            return true
        }
    }

    /// Deletes a topic with everything on it.
    public func delete(_ topic: String) throws {
        var topics: [OpaquePointer?] = [rd_kafka_DeleteTopic_new(topic)]
        defer { rd_kafka_DeleteTopic_destroy(topics[0]) }
        let event = try answer { rd_kafka_DeleteTopics(client, &topics, 1, nil, $0) }
        defer { rd_kafka_event_destroy(event) }
        var count = 0
        let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
        for index in 0..<count { try Self.check(results?[index]) }
    }

    /// Gives a topic more partitions.
    public func widen(_ topic: String, to partitions: Int) throws {
        var text = [CChar](repeating: 0, count: 512)
        guard let wish = rd_kafka_NewPartitions_new(topic, partitions, &text, text.count) else {
            throw Refusal(description: Self.string(text))
        }
        defer { rd_kafka_NewPartitions_destroy(wish) }
        var wishes: [OpaquePointer?] = [wish]
        let event = try answer { rd_kafka_CreatePartitions(client, &wishes, 1, nil, $0) }
        defer { rd_kafka_event_destroy(event) }
        var count = 0
        let results = rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event), &count)
        for index in 0..<count { try Self.check(results?[index]) }
    }

    /// Deletes a partition's records before an offset, as retention does. A mock has no such request.
    public func deleteRecords(of topic: String, partition: Int32, before offset: Int64) throws {
        let places = rd_kafka_topic_partition_list_new(1)
        defer { rd_kafka_topic_partition_list_destroy(places) }
        rd_kafka_topic_partition_list_add(places, topic, partition).pointee.offset = offset
        var wishes: [OpaquePointer?] = [rd_kafka_DeleteRecords_new(places)]
        defer { rd_kafka_DeleteRecords_destroy(wishes[0]) }
        let event = try answer { rd_kafka_DeleteRecords(client, &wishes, 1, nil, $0) }
        defer { rd_kafka_event_destroy(event) }
        let result = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event))
        guard let code = result?.pointee.elems?.pointee.err, code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let code = result?.pointee.elems?.pointee.err ?? RD_KAFKA_RESP_ERR_UNKNOWN
            throw Refusal(description: "\(topic) \(partition): \(String(cString: rd_kafka_err2str(code)))")
        }
    }

    /// The first offset that is kept, and the next that will be given.
    public func watermarks(of topic: String, partition: Int32) throws -> (low: Int64, high: Int64) {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, Self.timeoutMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw Refusal(description: "\(topic) \(partition): \(String(cString: rd_kafka_err2str(code)))")
        }
        return (low, high)
    }

    /// The answer to what `ask` puts to the broker. The caller destroys it.
    private func answer(_ ask: (OpaquePointer?) -> Void) throws -> OpaquePointer {
        let queue = rd_kafka_queue_new(client)
        defer { rd_kafka_queue_destroy(queue) }
        ask(queue)
        guard let event = rd_kafka_queue_poll(queue, Self.timeoutMilliseconds) else {
            throw Refusal(description: "no answer within \(Self.timeoutMilliseconds) ms")
        }
        guard rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR else {
            defer { rd_kafka_event_destroy(event) }
            throw Refusal(description: String(cString: rd_kafka_event_error_string(event)))
        }
        return event
    }

    private static func check(_ result: OpaquePointer?) throws {
        let code = rd_kafka_topic_result_error(result)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let name = String(cString: rd_kafka_topic_result_name(result))
            throw Refusal(description: "\(name): \(String(cString: rd_kafka_err2str(code)))")
        }
    }

    private func newTopic(_ contract: TopicContract, prefix: String) throws -> OpaquePointer {
        var text = [CChar](repeating: 0, count: 512)
        let name = contract.topic.name(prefix: prefix)
        // -1: replicated as often as the cluster does by default.
        guard let topic = rd_kafka_NewTopic_new(name, contract.partitions, -1, &text, text.count) else {
            throw Refusal(description: Self.string(text))
        }
        let setting =
            switch contract.retention {
            case .compacted: ("cleanup.policy", "compact")
            case .days(let days): ("retention.ms", String(days * 86_400_000))
            }
        rd_kafka_NewTopic_set_config(topic, setting.0, setting.1)
        return topic
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
