/// The contract of all topics: one table, read by the services at start, by the tests and by the AsyncAPI document.
public enum Catalogue {
    /// Every topic's contract, in the order of `Topic.allCases`.
    public static let contracts: [TopicContract] = Topic.allCases.map(written(for:))

    /// A topic's contract. Asked several times for every record, so that it is looked up and not made.
    public static func contract(for topic: Topic) -> TopicContract { contracts[topic.place] }

    private static func written(for topic: Topic) -> TopicContract {
        switch topic {
        case .registry:
            reference(topic, .object, .intake, [.scoring, .referralRouter, .notifier, .reporting])
        case .contactLists:
            reference(topic, .municipality, .referralRouter, [.intake, .notifier, .reporting])
        case .children:
            // Facts by (subject, revision): an erasure must not wait behind a listing that can't be read.
            child(topic, .intake, free: [.scoring, .referralRouter, .notifier, .reporting])
        case .answers: child(topic, .intake, ordered: [.scoring])
        case .screenings: child(topic, .intake, free: [.reporting])
        case .outcomes: child(topic, .scoring, free: [.intake, .reporting])
        case .agreements: child(topic, .intake, ordered: [.referralRouter], free: [.reporting])
        case .consents: child(topic, .intake, ordered: [.referralRouter, .notifier], free: [.reporting])
        case .referrals: child(topic, .referralRouter, ordered: [.notifier, .intake], free: [.reporting])
        case .notifications: child(topic, .notifier, ordered: [.referralRouter], free: [.reporting])
        case .programme: programme
        case .intakeDeadLetters: deadLetters(.intake)
        case .scoringDeadLetters: deadLetters(.scoring)
        case .referralRouterDeadLetters: deadLetters(.referralRouter)
        case .notifierDeadLetters: deadLetters(.notifier)
        case .reportingDeadLetters: deadLetters(.reporting)
        }
    }

    /// Topics that a service reads, with how it reads them.
    public static func topicsRead(by service: ServiceName) -> [(contract: TopicContract, reader: TopicReader)] {
        contracts.compactMap { contract in contract.reader(service).map { (contract, $0) } }
    }

    /// Topics that a service writes.
    public static func topicsWritten(by service: ServiceName) -> [TopicContract] {
        contracts.filter { $0.writer == service }
    }

    /// Partitions of every child-keyed topic. A slice of a service is a divisor of it.
    public static let childPartitions: Int32 = 6

    private static let transportDays = 35

    private static func child(
        _ topic: Topic, _ writer: ServiceName, ordered: [ServiceName] = [], free: [ServiceName] = []
    ) -> TopicContract {
        TopicContract(
            topic: topic, keyKind: .child, partitions: childPartitions, retention: .days(transportDays), writer: writer,
            readers: readers(of: topic, ordered, orderMatters: true) + readers(of: topic, free, orderMatters: false))
    }

    private static func reference(
        _ topic: Topic, _ key: KeyKind, _ writer: ServiceName, _ services: [ServiceName]
    ) -> TopicContract {
        TopicContract(
            topic: topic, keyKind: key, partitions: 1, retention: .compacted, writer: writer,
            readers: readers(of: topic, services, orderMatters: false))
    }

    private static var programme: TopicContract {
        TopicContract(
            topic: .programme, keyKind: .organisation, partitions: 1, retention: .days(transportDays),
            writer: .reporting,
            readers: readers(of: .programme, [.reporting], orderMatters: false))
    }

    private static func deadLetters(_ service: ServiceName) -> TopicContract {
        TopicContract(
            topic: .deadLetters(of: service), keyKind: .asRead, partitions: 1, retention: .days(transportDays),
            writer: service, readers: [])
    }

    private static func readers(of topic: Topic, _ services: [ServiceName], orderMatters: Bool) -> [TopicReader] {
        let types = Set(EventType.allCases.filter { $0.topic == topic })
        return services.map { TopicReader(service: $0, orderMatters: orderMatters, knows: types) }
    }
}
