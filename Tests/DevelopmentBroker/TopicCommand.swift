internal import Events
internal import Foundation
internal import Support

/// What may be done with a broker that runs: `create-topics SERVERS` and `watermarks SERVERS`.
///
/// `KAFKA_TOPIC_PREFIX` and `RDKAFKA_…` are taken from the environment, as the services take them.
struct TopicCommand {
    enum Kind: String {
        /// Makes those of the catalogue's topics that aren't there.
        case createTopics = "create-topics"
        /// Prints topic, partition, first kept and next offset of each.
        case watermarks
    }

    let kind: Kind
    let servers: String
    let environment: [String: String]

    /// Nil when the words are no such command.
    init?(_ words: [String], environment: [String: String]) {
        guard words.count == 2, let kind = Kind(rawValue: words[0]) else { return nil }
        self.kind = kind
        servers = words[1]
        self.environment = environment
    }

    func perform() throws {
        let prefix = environment["KAFKA_TOPIC_PREFIX"] ?? ""
        let client = try TopicAdministration(servers: servers, settings: settings)
        switch kind {
        case .createTopics:
            let made = try client.create(Catalogue.contracts, prefix: prefix)
            print("\(made) of \(Catalogue.contracts.count) topics made, the others were there")
        case .watermarks:
            for contract in Catalogue.contracts {
                let topic = contract.topic.name(prefix: prefix)
                for partition in 0..<contract.partitions {
                    let (low, high) = try client.watermarks(of: topic, partition: partition)
                    print("\(topic) \(partition) \(low) \(high)")
                }
            }
        }
    }

    /// `RDKAFKA_SSL_CA_LOCATION` is librdkafka's `ssl.ca.location`.
    private var settings: [String: String] {
        let prefix = "RDKAFKA_"
        let own = environment.filter { $0.key.hasPrefix(prefix) }.map { key, value in
            (key.dropFirst(prefix.count).lowercased().replacing("_", with: "."), value)
        }
        return Dictionary(own) { $1 }
    }
}
