import Events
import Foundation
import Support
import Testing

/// Our own coding of events against Foundation's, which wrote the recorded fixtures.
@Suite("An event's JSON")
struct CanonicalCodingTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4, 5]

    private func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    private func compare<Body: EventBody>(_ body: Body.Type, _ generator: EventGenerator) throws {
        for _ in 0..<40 {
            let event = try generator.event(body)
            let ours = try EventCodec.encode(event)
            #expect(try ours == bytes(event), "\(Body.type.name)")
            #expect(try EventCodec.decode(Event<Body>.self, from: ours) == event, "\(Body.type.name)")
            #expect(try JSONDecoder().decode(Event<Body>.self, from: Data(ours)) == event, "\(Body.type.name)")
        }
    }

    @Test("of every type is the same, byte for byte, as Foundation writes and reads it", arguments: seeds)
    func everyType(seed: UInt64) throws {
        let generator = EventGenerator(seed: seed)
        for type in EventType.allCases {
            guard let body = type.body else { continue }
            try compare(body, generator)
        }
    }

    @Test("escapes what Foundation escapes, two of a kind or another side by side")
    func escapes() throws {
        let control = (0..<0x20).map { String(UnicodeScalar(UInt8($0))) }
        let special = control + ["\"", "\\", "/", "å", "👶", "\u{7F}", "\u{2028}"]
        for first in special {
            for second in special {
                let text = "a\(first)\(second)z"
                #expect(try EventCodec.canonical([text: text]) == bytes([text: text]))
                #expect(try EventCodec.part([String].self, from: EventCodec.canonical([text])) == [text])
            }
        }
    }

    @Test("has whole numbers only, in their one spelling")
    func numbers() throws {
        for number in [0, -1, 1, Int.max, Int.min, 1 << 53] {
            #expect(try EventCodec.canonical([number]) == bytes([number]))
            #expect(try EventCodec.part([Int].self, from: bytes([number])) == [number])
        }
        #expect(try EventCodec.part([Int].self, from: Array("[1.0, 2e2]".utf8)) == [1, 200])
        #expect(throws: (any Error).self) { try EventCodec.canonical([0.5]) }
        #expect(throws: (any Error).self) { try EventCodec.part([Int].self, from: Array("[1.5]".utf8)) }
        #expect(throws: (any Error).self) { try EventCodec.part([UInt8].self, from: Array("[256]".utf8)) }
    }

    @Test("is the canonical form of RFC 8785: its own examples of strings and of the order of members")
    func rfc8785() throws {
        // Section 3.2.2.2, figure 4, and section 3.2.3; the hexadecimal of the former is that of section 3.2.4.
        let text = "\u{20AC}$\u{0F}\u{0A}A'\u{42}\u{22}\u{5C}\\\"/"
        #expect(
            try hex(EventCodec.canonical(["string": text]))
                == "7b22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d")
        let members = [
            "\u{20AC}": "Euro Sign", "\r": "Carriage Return", "\u{FB33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1F600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{F6}": "Latin Small Letter O With Diaeresis",
        ]
        let order = ["\\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}"]
        let written = String(decoding: try EventCodec.canonical(members), as: UTF8.self)
        let places = order.compactMap { written.range(of: "\"\($0)\":", options: .literal)?.lowerBound }
        #expect(places.count == order.count && places == places.sorted(), "\(written)")
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
