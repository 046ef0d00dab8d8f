internal import CRdKafka

/// The mock cluster with its topics. It serves from a thread of librdkafka until it is released.
final class TopicCluster {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    private let client: OpaquePointer
    private let cluster: OpaquePointer

    /// `host:port` as clients must be told.
    var bootstrapServers: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

    /// One broker with these topics, and no other until somebody asks for one: the mock makes a topic of four
    /// partitions of every name it hears.
    init(topics: [(name: String, partitions: Int32)]) throws {
        let configuration = rd_kafka_conf_new()
        // The client is there for the mock's bookkeeping and has nothing to say.
        rd_kafka_conf_set_log_cb(configuration, nil)
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, nil, 0) else {
            rd_kafka_conf_destroy(configuration)
            throw Refusal(description: "librdkafka makes no client")
        }
        guard let cluster = rd_kafka_mock_cluster_new(client, 1) else {
            rd_kafka_destroy(client)
            throw Refusal(description: "librdkafka makes no mock cluster")
        }
        self.client = client
        self.cluster = cluster
        for topic in topics {
            let code = rd_kafka_mock_topic_create(cluster, topic.name, topic.partitions, 1)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw Refusal(description: "\(topic.name): \(String(cString: rd_kafka_err2str(code)))")
            }
        }
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
    }
}
