internal import Events

/// The topics' names on this broker: the catalogue's, with the configured prefix.
struct TopicNames: Sendable {
    private let names: [Topic: String]
    private let topics: [String: Topic]

    init(prefix: String) {
        names = Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0, $0.name(prefix: prefix)) })
        topics = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })
    }

    func name(of topic: Topic) -> String { names[topic] ?? topic.rawValue }
    func topic(named name: String) -> Topic? { topics[name] }
}
