/// librdkafka's properties as this module sets them: the ones it owns, because the delivery guarantee stands on them,
/// and the ones an operator may change.
enum Role: String {
    case consumer
    case producer

    /// Defaults: what an operator may override. Sizes bound the memory: librdkafka 2.0.2's own are 64 MB a consumer
    /// and 1 GB a producer.
    var defaults: [(key: String, value: String)] {
        let both = [
            ("statistics.interval.ms", "5000"),
            // 10 s by default: after an outage everyone would wait that long although the broker is back.
            ("reconnect.backoff.max.ms", "2000"),
            ("log.connection.close", "false"),
        ]
        switch self {
        case .consumer:
            return both + [
                // More than a second of data at full speed: 2.0.2 rests a whole second once the limit is hit.
                ("queued.max.messages.kbytes", "8192"),
                ("queued.min.messages", "10000"),
                ("fetch.max.bytes", "4194304"),
                // The mock cluster doesn't wake a waiting fetch, so that this is its latency; a real broker does.
                ("fetch.wait.max.ms", "20"),
                ("fetch.error.backoff.ms", "100"),
                // A commit that isn't answered holds up closing for so long; 60 s by default.
                ("socket.timeout.ms", "10000"),
            ]
        case .producer:
            return both + [
                ("queue.buffering.max.kbytes", "16384"),
                ("linger.ms", "10"),
                ("compression.type", "lz4"),
            ]
        }
    }

    /// What nobody may change, and why: see each line.
    var owned: [(key: String, value: String)] {
        // Logs come as events on the one queue; no callback ever runs on a thread of librdkafka.
        let both = [("log.queue", "true")]
        switch self {
        case .consumer:
            return both + [
                // Offsets live in the service's store; the broker's are only a witness.
                ("enable.auto.commit", "false"),
                ("enable.auto.offset.store", "false"),
                // An offset outside the log stops the service; it is never skipped over.
                ("auto.offset.reset", "error"),
                ("isolation.level", "read_committed"),
                ("enable.partition.eof", "false"),
                // A typo must not make a topic.
                ("allow.auto.create.topics", "false"),
            ]
        case .producer:
            return both + [
                ("enable.idempotence", "true"),
                ("acks", "all"),
                // Java's hash; librdkafka's default would place keys elsewhere than every other client.
                ("partitioner", "murmur2_random"),
                // A queued record never times out: it would leave a gap in its key's order.
                ("message.timeout.ms", "0"),
            ]
        }
    }

    /// Every key that is refused from outside, aliases and the other role's included: one map serves both clients.
    static let refused: Set<String> = {
        let set = (Role.consumer.owned + Role.producer.owned).map(\.key)
        return Set(
            set + [
                "bootstrap.servers", "metadata.broker.list", "client.id", "group.id", "group.instance.id",
                "auto.commit.enable", "auto.commit.interval.ms", "offset.store.method", "offset.store.path",
                "request.required.acks", "delivery.timeout.ms", "transactional.id", "enable.gapless.guarantee",
                "client.software.name", "client.software.version", "plugin.library.paths", "test.mock.num.brokers",
            ])
    }()
}
