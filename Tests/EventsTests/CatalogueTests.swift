import Events
import Testing

@Suite("The catalogue of topics")
struct CatalogueTests {
    @Test("has every topic once, with names that the prefix stands before")
    func names() {
        #expect(Catalogue.contracts.map(\.topic) == Topic.allCases)
        #expect(Topic.answers.name() == "barnsakert.answers.v1")
        #expect(Topic.answers.name(prefix: "test1.") == "test1.barnsakert.answers.v1")
        #expect(Topic.deadLetters(of: .referralRouter).name() == "barnsakert.referral-router.dead-letters.v1")
        for topic in Topic.allCases {
            #expect(Topic(name: topic.name(prefix: "x."), prefix: "x.") == topic)
            #expect(Topic(name: topic.name(), prefix: "x.") == nil)
        }
        #expect(Topic(name: "barnsakert.v1") == nil)
        #expect(Topic(name: "barnsakert.answers.v2") == nil)
    }

    @Test("lets nobody but scoring read answers")
    func answers() {
        #expect(Catalogue.contract(for: .answers).readers.map(\.service) == [.scoring])
    }

    @Test("shows outcomes to intake and reporting, so never to the router or the notifier")
    func outcomes() {
        #expect(Set(Catalogue.contract(for: .outcomes).readers.map(\.service)) == [.intake, .reporting])
    }

    @Test("gives reporting every topic of facts but answers")
    func reporting() {
        let read = Set(Catalogue.topicsRead(by: .reporting).map(\.contract.topic))
        let facts = Set(Topic.allCases.filter { !$0.rawValue.hasSuffix(".dead-letters") })
        #expect(read == facts.subtracting([.answers]))
    }

    @Test("has one writer a topic, as the design's table says", arguments: ServiceName.allCases)
    func writers(of service: ServiceName) {
        let table: [ServiceName: Set<Topic>] = [
            .intake: [.registry, .children, .answers, .screenings, .agreements, .consents, .intakeDeadLetters],
            .scoring: [.outcomes, .scoringDeadLetters],
            .referralRouter: [.contactLists, .referrals, .referralRouterDeadLetters],
            .notifier: [.notifications, .notifierDeadLetters],
            .reporting: [.programme, .reportingDeadLetters],
        ]
        #expect(Set(Catalogue.topicsWritten(by: service).map(\.topic)) == table[service])
    }

    @Test("has six partitions and 35 days wherever the key is a child, and one partition elsewhere")
    func partitionsAndRetention() {
        for contract in Catalogue.contracts {
            #expect(contract.partitions == (contract.keyKind == .child ? 6 : 1), "\(contract.topic)")
            let compacted = [Topic.registry, .contactLists].contains(contract.topic)
            #expect(contract.retention == (compacted ? .compacted : .days(35)), "\(contract.topic)")
            #expect(contract.recordBytesMax == 65_536)
        }
    }

    @Test("makes a key's records wait where consent or a decision could be overtaken")
    func order() {
        #expect(Catalogue.contract(for: .answers).orderMatters(to: .scoring))
        #expect(Catalogue.contract(for: .consents).orderMatters(to: .notifier))
        #expect(Catalogue.contract(for: .consents).orderMatters(to: .referralRouter))
        #expect(Catalogue.contract(for: .agreements).orderMatters(to: .referralRouter))
        #expect(!Catalogue.contract(for: .consents).orderMatters(to: .reporting))
        #expect(!Catalogue.contract(for: .answers).orderMatters(to: .reporting), "who does not read has no order")
    }

    @Test("tells types that a reader applies from those that wait")
    func knows() {
        let screenings = Catalogue.contract(for: .screenings)
        #expect(screenings.knows(ceType: "barnsakert.visit.held.v1", service: .reporting))
        #expect(!screenings.knows(ceType: "barnsakert.visit.held.v1", service: .scoring))
        #expect(!screenings.knows(ceType: "barnsakert.visit.missed.v1", service: .reporting))
        #expect(!screenings.knows(ceType: "barnsakert.answers.submitted.v1", service: .reporting))
        #expect(!screenings.knows(ceType: "com.example.visit.held.v1", service: .reporting))
    }
}

@Suite("The types of events")
struct EventTypeTests {
    @Test("are the 24 of the spine and two retractions, each with a body that names it back")
    func facts() throws {
        #expect(EventType.facts.count == 26)
        for type in EventType.facts {
            let body = try #require(type.body)
            #expect(body.type == type)
        }
    }

    @Test("have names that lead back to them", arguments: EventType.allCases)
    func names(of type: EventType) {
        #expect(EventType(ceType: type.ceType) == type)
        #expect(EventType(name: type.name) == type)
        #expect(type.ceType == "barnsakert.\(type.name).v1")
        #expect(type.dataSchema.hasPrefix("https://"))
    }

    @Test("don't take other versions, prefixes or bare names for their own")
    func foreignNames() {
        for name in ["answers.submitted", "barnsakert.answers.submitted.v2", "barnsakert..v1", "barnsakert.v1", ""] {
            #expect(EventType(ceType: name) == nil, "\(name)")
        }
    }

    @Test("keep the names of later releases free")
    func reserved() {
        let reserved = ReservedTypes.names.values.flatMap { $0 }
        #expect(reserved.count == 22)
        #expect(Set(reserved).isDisjoint(with: EventType.allCases.map(\.name)))
        #expect(ReservedTypes.contains(ceType: "barnsakert.child.erased.v1"))
        #expect(!ReservedTypes.contains(ceType: "barnsakert.child.listed.v1"))
    }

    @Test("have one notice of parked records a service, on that service's topic", arguments: ServiceName.allCases)
    func deadLetters(of service: ServiceName) {
        #expect(EventType.deadLetter(of: service).topic == .deadLetters(of: service))
        #expect(EventType.deadLetter(of: service).name == "\(service.rawValue).dead-letter")
    }

    @Test("a topic's contract and a type's texts are found by their places")
    func places() {
        for topic in Topic.allCases { #expect(Catalogue.contract(for: topic).topic == topic) }
        for type in EventType.allCases {
            #expect(type.ceType == "barnsakert.\(type.rawValue).v1")
            #expect(type.dataSchema.hasSuffix("/\(type.body == nil ? "dead-letter" : type.rawValue).v1.json"))
            #expect(EventType(ceType: type.ceType) == type)
        }
        #expect(EventType(ceType: "barnsakert.later.v1") == nil)
    }
}
