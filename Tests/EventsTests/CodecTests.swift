import Events
import Foundation
import Runtime
import Support
import Testing

@Suite("Events in bytes")
struct CodecTests {
    static let seed: UInt64 = 20_261_124

    @Test("come back as they were, and give the same bytes again", arguments: EventType.facts)
    func roundTrip(_ type: EventType) throws {
        func check<Body: EventBody>(_ body: Body.Type) throws {
            let generator = EventGenerator(seed: Self.seed)
            for _ in 0..<100 {
                let event = try generator.event(body)
                let bytes = try EventCodec.encode(event)
                let again: Event<Body> = try EventCodec.decode(from: bytes)
                #expect(again == event, "seed \(Self.seed)")
                #expect(try EventCodec.encode(again) == bytes, "seed \(Self.seed)")
            }
        }
        let body = try #require(type.body)
        try check(body)
    }

    @Test("write ids in lower case, as keys have them")
    func lowerCase() throws {
        let generator = EventGenerator(seed: 1)
        let event = try generator.event(ChildListed.self)
        let text = String(decoding: try EventCodec.encode(event), as: UTF8.self)
        #expect(text.contains("\"child\":\"\(event.body.child.uuid.uuidString.lowercased())\""))
    }

    @Test("are refused when larger than a record may be")
    func tooLarge() throws {
        let generator = EventGenerator(seed: 2)
        var event = try generator.event(AnswersSubmitted.self)
        event.body.answers = (0..<3_000).map { ItemAnswer(item: "item-\($0)", value: .code("yes")) }
        #expect(throws: EventFault(member: "", kind: .tooLarge)) { try EventCodec.encode(event) }
    }

    @Test(
        "name the member that is wrong, never its value",
        arguments: [
            (#"{"#, "", EventFault.Kind.notJSON), ("[]", "", .wrongType), (#"{"scope":"all"}"#, "occurredAt", .missing),
            (#""replaces":"secret""#, "replaces", .notAllowed), (#""revision":"secret""#, "revision", .wrongType),
            (#""revision":0"#, "revision", .notAllowed), (#""occurredAt":"secret""#, "occurredAt", .notAllowed),
            (#""actor":{}"#, "actor.role", .missing), (#""scope":"secret""#, "scope", .notAllowed),
            (#""consent":null"#, "consent", .missing), (#""restricted":true"#, "unit", .withheld),
        ])
    func faults(_ change: String, _ member: String, _ kind: EventFault.Kind) throws {
        var text = change
        if change.hasPrefix("\"") {
            let name = try #require(change.split(separator: "\"").first.map(String.init))
            let fixture = try EventFixture.recorded(.consentWithdrawn)
            var value = try JSONDecoder().decode(JSONValue.self, from: Data(fixture.value))
            let changed = try JSONDecoder().decode(JSONValue.self, from: Data("{\(change)}".utf8))
            value[name] = changed[name]
            text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        }
        let fault = #expect(throws: EventFault.self) {
            try EventCodec.decode(Event<ConsentWithdrawn>.self, from: Array(text.utf8))
        }
        #expect(fault == EventFault(member: member, kind: kind))
        #expect(fault?.description.contains("secret") == false)
    }

    @Test("name a place inside a list")
    func faultInList() throws {
        let fixture = try EventFixture.recorded(.answersSubmitted)
        let text = String(decoding: fixture.value, as: UTF8.self)
            .replacing(#"{"item":"alcohol-3"}"#, with: #"{"item":7}"#)
        let fault = #expect(throws: EventFault.self) {
            try EventCodec.decode(Event<AnswersSubmitted>.self, from: Array(text.utf8))
        }
        #expect(fault == EventFault(member: "answers[13].item", kind: .wrongType))
    }

    @Test("must be what their envelope says")
    func envelope() throws {
        let fixture = try EventFixture.recorded(.visitHeld)
        var envelope = try Envelope(headers: fixture.headers)
        _ = try EventCodec.decode(Event<VisitHeld>.self, from: fixture.value, under: envelope)
        #expect(throws: EventFault(member: "", kind: .disagrees)) {
            try EventCodec.decode(Event<ScreeningDeclined>.self, from: fixture.value, under: envelope)
        }
        envelope.revision = 2
        #expect(throws: EventFault(member: "revision", kind: .disagrees)) {
            try EventCodec.decode(Event<VisitHeld>.self, from: fixture.value, under: envelope)
        }
        envelope.revision = 1
        envelope.subject = "another"
        #expect(throws: EventFault(member: "subject", kind: .disagrees)) {
            try EventCodec.decode(Event<VisitHeld>.self, from: fixture.value, under: envelope)
        }
    }

    @Test("survive deep nesting and bytes that are no text as a fault")
    func hostile() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 60_000)
        for bytes in [deep, [0xFF, 0xFE, 0x00], []] {
            #expect(throws: EventFault.self) { try EventCodec.decode(Event<VisitHeld>.self, from: bytes) }
        }
    }
}
