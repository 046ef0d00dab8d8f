import Cryptography
import Foundation
import Runtime
import Support
import Testing

@testable import Events

@Suite("The id of an event")
struct EventIDTests {
    private static let time = Timestamp(milliseconds: 0x0123_4567_89AB)
    private static let source = EventSource(region: "23", service: .scoring)

    private static func id(
        time: Timestamp = time, source: EventSource = source, type: EventType = .outcomeScored, subject: String = "s",
        revision: Int = 1, trigger: Trigger = .timer(name: "t", due: Timestamp(milliseconds: 0))
    ) -> UUID {
        eventID(time: time, source: source, type: type, subject: subject, revision: revision, trigger: trigger)
    }

    @Test("is the same for the same work, and another when any part differs")
    func determinism() {
        let ids: Set<UUID> = [
            Self.id(), Self.id(time: Timestamp(milliseconds: 1)),
            Self.id(source: EventSource(region: "22", service: .scoring)),
            Self.id(type: .visitHeld), Self.id(subject: "t"), Self.id(revision: 2), Self.id(trigger: .write(UUID())),
            Self.id(trigger: .timer(name: "u", due: Timestamp(milliseconds: 0))),
            Self.id(trigger: .timer(name: "t", due: Timestamp(milliseconds: 1))),
        ]
        #expect(ids.count == 9)
        #expect(Self.id() == Self.id())
    }

    @Test("does not run two parts together")
    func delimited() {
        #expect(Self.id(subject: "s1", revision: 1) != Self.id(subject: "s", revision: 11))
    }

    @Test("is a UUIDv8 with the trigger's time in front and the digest behind")
    func layout() {
        let bytes = Self.id().bytes
        #expect(Array(bytes[0..<6]) == [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB])
        #expect(bytes[6] >> 4 == 8)
        #expect(bytes[8] >> 6 == 0b10)
        var input: [UInt8] = []
        for part in [
            "/barnsakert/23/scoring", "barnsakert.outcome.scored.v1", "s", "1", "timer/t/1970-01-01T00:00:00.000Z",
        ] {
            input += [0, 0, 0, UInt8(part.utf8.count)] + Array(part.utf8)
        }
        let digest = SHA256.hash(input)
        #expect(bytes[6] & 0x0F == digest[0] & 0x0F)
        #expect(bytes[7] == digest[1])
        #expect(bytes[8] & 0x3F == digest[2] & 0x3F)
        #expect(Array(bytes[9..<16]) == Array(digest[3..<10]))
    }

    private static func text(_ trigger: Trigger) -> String {
        var bytes: [UInt8] = []
        trigger.write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("is spelt in lower case, also where a trigger's id goes in")
    func lowerCase() {
        let id = UUID()
        #expect(Self.text(.record(id)) == "record/\(id.uuidString.lowercased())")
        #expect(Self.text(.write(id)) == "write/\(id.uuidString.lowercased())")
    }

    @Test("of every recorded event is what another implementation made of the same parts")
    func recorded() throws {
        for fixture in try EventFixture.recorded() {
            let envelope = try Envelope(headers: fixture.headers)
            let type = try #require(envelope.eventType)
            let id = eventID(
                time: fixture.triggeredAt, source: envelope.source, type: type, subject: envelope.subject,
                revision: envelope.revision, trigger: try Self.trigger(fixture.trigger))
            #expect(id == envelope.id, "\(fixture.name)")
        }
    }

    private static func trigger(_ text: String) throws -> Trigger {
        let parts = text.split(separator: "/").map(String.init)
        switch parts.first {
        case "record": return .record(try #require(UUID(uuidString: parts[1])))
        case "write": return .write(try #require(UUID(uuidString: parts[1])))
        default:
            let due = try #require(Timestamp(rfc3339: parts[parts.count - 1]))
            return .timer(name: parts[1..<(parts.count - 1)].joined(separator: "/"), due: due)
        }
    }
}
