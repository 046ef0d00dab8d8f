import Events
import Foundation
import Support
import Testing

@Suite("The schemas")
struct SchemaTests {
    static func schema(_ name: String) throws -> JSONValue {
        try JSONDecoder().decode(
            JSONValue.self, from: Repository.bytes("Shared/Events/Schemas/\(name).v1.json"))
    }

    @Test("are one a type, one for notices and one for instruments' files, each under the id that records name")
    func complete() throws {
        let names = try Repository.files(in: "Shared/Events/Schemas")
        let others = ["dead-letter.v1.json", "instrument-file.v1.json"]
        #expect(Set(names) == Set(EventType.facts.map { "\($0.name).v1.json" } + others))
        for type in EventType.allCases {
            let name = type.body == nil ? "dead-letter" : type.name
            #expect(try Self.schema(name)["$id"]?.text == type.dataSchema)
        }
    }

    @Test("accept whatever the code writes, and name every member of it", arguments: EventType.facts)
    func written(_ type: EventType) throws {
        let schema = try Self.schema(type.name)
        func check<Body: EventBody>(_ body: Body.Type) throws {
            let generator = EventGenerator(seed: CodecTests.seed)
            var seen: Set<String> = []
            for _ in 0..<200 {
                let bytes = try EventCodec.encode(generator.event(body))
                let value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
                #expect(SchemaChecker(root: schema).faults(of: value) == [], "seed \(CodecTests.seed)")
                seen.formUnion(value.members.keys)
            }
            #expect(seen == Set(schema["properties"]?.members.keys.map { $0 } ?? []))
        }
        let body = try #require(type.body)
        try check(body)
    }

    @Test("accept the recorded events, and refuse them without any one required member", arguments: EventType.facts)
    func recorded(_ type: EventType) throws {
        let schema = try Self.schema(type.name)
        let fixture = try EventFixture.recorded(type)
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(fixture.value))
        let checker = SchemaChecker(root: schema)
        let body = try #require(type.body)
        #expect(checker.faults(of: value) == [])
        for member in schema["required"]?.elements.compactMap(\.text) ?? [] {
            var without = value
            without[member] = nil
            #expect(checker.faults(of: without) == [".\(member) required"])
            #expect(throws: EventFault.self) { try decode(without, as: body) }
        }
    }

    @Test("are open: members that they don't name are no fault", arguments: EventType.facts)
    func open(_ type: EventType) throws {
        var value = try JSONDecoder().decode(JSONValue.self, from: Data(EventFixture.recorded(type).value))
        value["addedLater"] = ["x": 1]
        #expect(SchemaChecker(root: try Self.schema(type.name)).faults(of: value) == [])
        let body = try #require(type.body)
        #expect(throws: Never.self) { try decode(value, as: body) }
    }

    @Test("accept a notice of a parked record")
    func deadLetter() throws {
        let notice = DeadLetterNotice(
            topic: .answers, partition: 5, offset: 17, event: EventID(UUID()), reason: "envelope-malformed")
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(notice.encoded()))
        let schema = try Self.schema("dead-letter")
        #expect(SchemaChecker(root: schema).faults(of: value) == [])
        #expect(Set(value.members.keys) == Set(schema["properties"]?.members.keys.map { $0 } ?? []))
    }

    private func decode<Body: EventBody>(_ value: JSONValue, as body: Body.Type) throws {
        _ = try EventCodec.decode(Event<Body>.self, from: Array(JSONEncoder().encode(value)))
    }
}
