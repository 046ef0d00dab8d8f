internal import CFixedPort
internal import CRdKafka
internal import Runtime

/// A Kafka cluster inside the test's process: librdkafka's mock brokers, reached over TCP like real ones.
///
/// It keeps at most 5 MiB or 100 000 batches a partition, and knows neither TLS nor topics that don't exist: any
/// metadata request makes one, of 4 partitions. Faults are pushed in; the Produce requests of idempotent producers are
/// not de-duplicated, which makes it a test of those who read.
public actor MockCluster {
    /// Kinds of requests that a fault can be pushed for (Kafka's API keys).
    public enum Request: Int16, Sendable {
        case produce = 0, fetch = 1, listOffsets = 2, metadata = 3, offsetCommit = 8, offsetFetch = 9
        case initProducerID = 22
    }

    /// An error of the broker's, by librdkafka's number.
    public struct Fault: Sendable {
        let code: rd_kafka_resp_err_t

        /// The connection breaks instead of an answer.
        public static let disconnect = Fault(code: RD_KAFKA_RESP_ERR__TRANSPORT)
        /// Makes an idempotent producer fail for good.
        public static let outOfOrderSequence = Fault(code: RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER)
        /// The whole batch is refused.
        public static let messageTooLarge = Fault(code: RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
        /// The service lacks the right.
        public static let topicAuthorizationFailed = Fault(code: RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
        /// The service may write nowhere: an idempotent producer fails for good.
        public static let clusterAuthorizationFailed = Fault(code: RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED)
        /// Passes by itself.
        public static let requestTimedOut = Fault(code: RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT)
        /// Passes by itself.
        public static let notLeader = Fault(code: RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION)
        /// No such topic.
        public static let unknownTopic = Fault(code: RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    }

    /// What the mock would not do.
    public struct Refusal: Error {
        /// librdkafka's name of the error.
        public let name: String
    }

    /// Where clients find it: `127.0.0.1:port`, one for each broker.
    public nonisolated let bootstrapServers: String

    private let executor = ThreadExecutor(name: "mock-cluster")
    private let host: Host

    /// Runs on its own thread: changes of the cluster block.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Starts the brokers on free ports of 127.0.0.1, which are theirs as long as the cluster lives, up or down.
    /// - Parameter topics: their names and partition counts.
    public init(brokers: Int = 1, topics: [String: Int] = [:]) throws {
        let host = try Host(brokers: brokers)
        for (topic, partitions) in topics {
            try Self.check(rd_kafka_mock_topic_create(host.cluster, topic, Int32(partitions), Int32(brokers)))
        }
        self.host = host
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(host.cluster))
    }

    /// Makes a topic.
    public func createTopic(_ topic: String, partitions: Int) throws {
        try Self.check(rd_kafka_mock_topic_create(host.cluster, topic, Int32(partitions), 1))
    }

    /// Metadata requests for the topic are answered with an error from now on; nil takes it back.
    public func setError(_ fault: Fault?, ofTopic topic: String) {
        rd_kafka_mock_topic_set_error(host.cluster, topic, fault?.code ?? RD_KAFKA_RESP_ERR_NO_ERROR)
    }

    /// The next requests of this kind fail, one for each fault.
    public func push(_ faults: [Fault], to request: Request) {
        let codes = faults.map(\.code)
        rd_kafka_mock_push_request_errors_array(host.cluster, request.rawValue, codes.count, codes)
    }

    /// Broker 1 does what the next request of this kind asks and answers late. With a shorter `socket.timeout.ms` the
    /// client repeats what was done. (After this, `push` for the same kind has no effect on that broker.)
    public func answerLate(_ request: Request, after delay: Duration) throws {
        try Self.check(
            barnsakert_mock_push_late_answer(
                host.cluster, 1, request.rawValue, RD_KAFKA_RESP_ERR_NO_ERROR, Int32(delay.wholeMilliseconds)))
    }

    /// Every broker drops its connections and takes no new ones.
    public func setDown() throws { try Self.check(rd_kafka_mock_broker_set_down(host.cluster, -1)) }

    /// Every broker takes connections again; what it kept is still there.
    public func setUp() throws { try Self.check(rd_kafka_mock_broker_set_up(host.cluster, -1)) }

    /// Every answer takes this long.
    public func setRoundTrip(_ delay: Duration) throws {
        try Self.check(rd_kafka_mock_broker_set_rtt(host.cluster, -1, Int32(delay.wholeMilliseconds)))
    }

    private static func check(_ code: rd_kafka_resp_err_t) throws {
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw Refusal(name: String(cString: rd_kafka_err2name(code))) }
    }

    /// The cluster, the client it needs for bookkeeping, and its ports; released in the right order.
    private final class Host {
        let client: OpaquePointer
        let cluster: OpaquePointer
        private var ports = held_ports()

        init(brokers: Int) throws {
            let configuration = rd_kafka_conf_new()
            // Its bookkeeping client has nothing to say that a test needs.
            rd_kafka_conf_set_log_cb(configuration, nil)
            guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, nil, 0) else {
                rd_kafka_conf_destroy(configuration)
                throw Refusal(name: "no client")
            }
            // The listeners are made by this thread, within the call.
            var ports = held_ports()
            let cluster = withUnsafeMutablePointer(to: &ports) { ports in
                held_ports_begin(ports)
                defer { held_ports_end() }
                return rd_kafka_mock_cluster_new(client, Int32(brokers))
            }
            guard let cluster else {
                held_ports_release(&ports)
                rd_kafka_destroy(client)
                throw Refusal(name: "no cluster")
            }
            self.client = client
            self.cluster = cluster
            self.ports = ports
        }

        deinit {
            rd_kafka_mock_cluster_destroy(cluster)
            rd_kafka_destroy(client)
            held_ports_release(&ports)
        }
    }
}
