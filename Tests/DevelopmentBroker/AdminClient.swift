internal import CRdKafka
internal import Events

/// Makes the catalogue's topics on a Kafka, and asks how far each partition reaches.
final class AdminClient {
    private static let timeoutMilliseconds: Int32 = 15_000

    private let client: OpaquePointer

    /// - Parameter settings: librdkafka's own keys, as TLS needs them.
    init(servers: String, settings: [String: String]) throws {
        let configuration = rd_kafka_conf_new()
        var text = [CChar](repeating: 0, count: 512)
        for (key, value) in settings.merging(["bootstrap.servers": servers], uniquingKeysWith: { $1 }) {
            guard rd_kafka_conf_set(configuration, key, value, &text, text.count) == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(configuration)
                throw TopicCluster.Refusal(description: Self.string(text))
            }
        }
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &text, text.count) else {
            rd_kafka_conf_destroy(configuration)
            throw TopicCluster.Refusal(description: Self.string(text))
        }
        self.client = client
    }

    deinit { rd_kafka_destroy(client) }

    /// Makes the topics that aren't there yet, with the catalogue's partitions and retention.
    /// - Returns: how many were made.
    func create(_ contracts: [TopicContract], prefix: String) throws -> Int {
        var topics: [OpaquePointer?] = try contracts.map { try newTopic($0, prefix: prefix) }
        defer { for topic in topics { rd_kafka_NewTopic_destroy(topic) } }
        let queue = rd_kafka_queue_new(client)
        defer { rd_kafka_queue_destroy(queue) }
        rd_kafka_CreateTopics(client, &topics, topics.count, nil, queue)
        guard let event = rd_kafka_queue_poll(queue, Self.timeoutMilliseconds) else {
            throw TopicCluster.Refusal(description: "no answer within \(Self.timeoutMilliseconds) ms")
        }
        defer { rd_kafka_event_destroy(event) }
        guard rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw TopicCluster.Refusal(description: String(cString: rd_kafka_event_error_string(event)))
        }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
        return try (0..<count).count { index in
            let result = results?[index]
            switch rd_kafka_topic_result_error(result) {
            case RD_KAFKA_RESP_ERR_NO_ERROR: return true
            case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: return false
            case let code:
                let name = String(cString: rd_kafka_topic_result_name(result))
                throw TopicCluster.Refusal(description: "\(name): \(String(cString: rd_kafka_err2str(code)))")
            }
        }
    }

    /// The first offset that is kept, and the next that will be given.
    func watermarks(of topic: String, partition: Int32) throws -> (low: Int64, high: Int64) {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, Self.timeoutMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw TopicCluster.Refusal(description: "\(topic) \(partition): \(String(cString: rd_kafka_err2str(code)))")
        }
        return (low, high)
    }

    private func newTopic(_ contract: TopicContract, prefix: String) throws -> OpaquePointer {
        var text = [CChar](repeating: 0, count: 512)
        let name = contract.topic.name(prefix: prefix)
        // -1: replicated as often as the cluster does by default.
        guard let topic = rd_kafka_NewTopic_new(name, contract.partitions, -1, &text, text.count) else {
            throw TopicCluster.Refusal(description: Self.string(text))
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
