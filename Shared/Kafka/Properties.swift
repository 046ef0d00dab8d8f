internal import CRdKafka

/// The properties of one client, in the order in which they are given to librdkafka: this module's defaults, the
/// operator's, and last what this module owns.
struct Properties {
    private var entries: [(key: String, value: String)]

    /// - Parameter changes: what one use of a client needs otherwise than the role; inside this module only.
    init(_ role: Role, settings: KafkaSettings, group: String?, changes: [String: String]) throws(KafkaFailure) {
        for key in settings.overrides.keys.sorted() where Role.refused.contains(key) {
            throw .setting("\(key) can't be set from outside: the delivery guarantee stands on its value")
        }
        entries = role.defaults
        entries += settings.overrides.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        entries += role.owned
        entries.append(("bootstrap.servers", settings.bootstrapServers))
        entries.append(("client.id", settings.clientID))
        if let group { entries.append(("group.id", group)) }
        entries += changes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The configuration object, owned by the caller until `rd_kafka_new` takes it.
    func makeConfiguration() throws(KafkaFailure) -> OpaquePointer {
        guard let configuration = rd_kafka_conf_new() else { throw .setting("librdkafka makes no configuration") }
        for (key, value) in entries {
            let (result, reason) = withReasonText { rd_kafka_conf_set(configuration, key, value, $0, $1) }
            guard result == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(configuration)
                // It quotes a value that it can't read; a secret may have got into the wrong variable.
                throw .setting(value.isEmpty ? reason : reason.replacing("\"\(value)\"", with: "[redacted]"))
            }
        }
        return configuration
    }
}
