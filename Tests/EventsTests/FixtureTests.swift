import Events
import Foundation
import Support
import Testing

@Suite("Recorded events")
struct FixtureTests {
    @Test("exist for every type, on its topic")
    func complete() throws {
        let recorded = try EventFixture.recorded()
        #expect(Set(recorded.map(\.name)) == Set(EventType.facts.map(\.name)))
        for fixture in recorded {
            #expect(EventType(name: fixture.name)?.topic == fixture.topic, "\(fixture.name)")
        }
    }

    @Test("are read whole: envelope, key and value agree, and nothing recorded is lost", arguments: EventType.facts)
    func read(_ type: EventType) throws {
        func check<Body: EventBody>(_ body: Body.Type) throws {
            let fixture = try EventFixture.recorded(type)
            let envelope = try Envelope(headers: fixture.headers)
            try envelope.check(key: fixture.key)
            #expect(envelope.type == type.ceType)
            #expect(envelope.dataSchema == type.dataSchema)
            #expect(Set(envelope.headers()) == Set(fixture.headers))
            let event: Event<Body> = try EventCodec.decode(from: fixture.value, under: envelope)
            #expect(try EventCodec.encode(event) == fixture.value)
            if let reference = event.body as? any ReferenceBody {
                #expect(Array(reference.key.utf8) == fixture.key)
            } else {
                #expect(envelope.child != nil)
            }
        }
        let body = try #require(type.body)
        try check(body)
    }

    @Test("of a later release wait when the type is unknown")
    func unknownType() throws {
        let fixture = try EventFixture.unknownType()
        let envelope = try Envelope(headers: fixture.headers)
        try envelope.check(key: fixture.key)
        #expect(envelope.eventType == nil)
        for reader in Catalogue.contract(for: fixture.topic).readers {
            let contract = Catalogue.contract(for: fixture.topic)
            #expect(!contract.knows(ceType: envelope.type, service: reader.service))
        }
    }

    @Test("of a later release are applied when only members, headers or open codes are unknown")
    func unknownMembers() throws {
        let fixture = try EventFixture.unknownMembers()
        let envelope = try Envelope(headers: fixture.headers)
        let event = try EventCodec.decode(Event<ScreeningOffered>.self, from: fixture.value, under: envelope)
        #expect(event.body.language == "sv")
        #expect(event.body.mode == ScreeningMode(rawValue: "voice"))
        #expect(!event.body.mode.isKnown)
        #expect(!event.common.actor.role.isKnown)
    }

    @Test("carry hashes that another implementation made of the canonical form")
    func hashes() throws {
        let instrument = try EventCodec.decode(
            Event<InstrumentPublished>.self, from: EventFixture.recorded(.instrumentPublished).value)
        #expect(try instrument.body.hashMatches())
        var changed = instrument.body
        changed.definition.items[0].required.toggle()
        #expect(try !changed.hashMatches())
        let list = try EventCodec.decode(
            Event<ContactListPublished>.self, from: EventFixture.recorded(.contactListPublished).value)
        #expect(try ContactListPublished.contentHash(entries: list.body.entries) == list.body.sha256)
    }
}
