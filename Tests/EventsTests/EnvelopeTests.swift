import Events
import Foundation
import Runtime
import Support
import Testing

@Suite("An envelope")
struct EnvelopeTests {
    private static let envelope = Envelope(
        id: UUID(), source: EventSource(region: "23", service: .intake), type: EventType.visitHeld.ceType,
        subject: "s", time: Timestamp(milliseconds: 1_795_507_200_123), dataSchema: EventType.visitHeld.dataSchema,
        partitionKey: "k", traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        causationID: UUID(), revision: 3, epoch: 0, keyID: "2026")

    @Test("comes back from its headers as it was")
    func roundTrip() throws {
        #expect(try Envelope(headers: Self.envelope.headers()) == Self.envelope)
        var bare = Self.envelope
        (bare.traceparent, bare.causationID, bare.keyID) = (nil, nil, nil)
        #expect(try Envelope(headers: bare.headers()) == bare)
        #expect(bare.headers().count == HeaderName.allCases.filter(\.isRequired).count)
    }

    @Test("ignores headers that it does not know")
    func unknownHeaders() throws {
        let more = [EventHeader("ce_sequence", "1"), EventHeader(name: "x", value: nil), EventHeader("x", "y")]
        #expect(try Envelope(headers: more + Self.envelope.headers()) == Self.envelope)
    }

    @Test("misses each required header by name", arguments: HeaderName.allCases)
    func missing(_ name: HeaderName) {
        let without = Self.envelope.headers().filter { $0.name != name.rawValue }
        let null = without + [EventHeader(name: name.rawValue, value: nil)]
        for headers in [without, null] {
            if name.isRequired {
                #expect(throws: EnvelopeFault.missing(name)) { try Envelope(headers: headers) }
            } else {
                #expect(throws: Never.self) { try Envelope(headers: headers) }
            }
        }
    }

    @Test("refuses each of its headers twice", arguments: HeaderName.allCases)
    func repeated(_ name: HeaderName) {
        let twice = Self.envelope.headers() + Self.envelope.headers().filter { $0.name == name.rawValue }
        #expect(throws: EnvelopeFault.repeated(name)) { try Envelope(headers: twice) }
    }

    @Test(
        "refuses a header that is not of its form",
        arguments: [
            (HeaderName.id, "x"), (.id, ""), (.source, "/barnsakert/23"), (.source, "/barnsakert//intake"),
            (.source, "/other/23/intake"), (.source, "/barnsakert/23/intake/"), (.time, "2026-11-24"),
            (.time, "2026-11-24T08:00:00"), (.time, "2026-13-24T08:00:00Z"), (.subject, ""), (.type, ""),
            (.partitionKey, ""), (.dataSchema, "answers.json"), (.contentType, "application/xml"), (.contentType, ""),
            (.revision, "0"), (.revision, "-1"), (.revision, "01"), (.revision, "+1"), (.revision, "1.0"),
            (.revision, "٣"), (.epoch, "-1"), (.epoch, ""), (.causationID, "x"), (.keyID, ""),
        ])
    func malformed(_ name: HeaderName, _ text: String) {
        #expect(throws: EnvelopeFault.malformed(name)) { try Envelope(headers: Self.headers(name, Array(text.utf8))) }
    }

    @Test("refuses text that is not UTF-8")
    func notUTF8() {
        #expect(throws: EnvelopeFault.malformed(.subject)) {
            try Envelope(headers: Self.headers(.subject, [0xFF, 0xFE]))
        }
    }

    @Test("refuses another version of CloudEvents", arguments: ["0.3", "1.1", "1.0.2", "1"])
    func version(_ text: String) {
        #expect(throws: EnvelopeFault.specificationVersion) {
            try Envelope(headers: Self.headers(.specificationVersion, Array(text.utf8)))
        }
    }

    @Test("refuses structured mode", arguments: ["application/cloudevents+json", "Application/CloudEvents+JSON"])
    func structured(_ text: String) {
        #expect(throws: EnvelopeFault.structuredMode) { try Envelope(headers: [EventHeader("content-type", text)]) }
    }

    @Test(
        "takes a malformed trace context for none",
        arguments: [
            "", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        ])
    func traceparent(_ text: String) throws {
        #expect(try Envelope(headers: Self.headers(.traceparent, Array(text.utf8))).traceparent == nil)
    }

    @Test("is held to the record's key")
    func key() throws {
        try Self.envelope.check(key: Array("k".utf8))
        #expect(throws: EnvelopeFault.keyDiffers) { try Self.envelope.check(key: Array("K".utf8)) }
        #expect(throws: EnvelopeFault.keyDiffers) { try Self.envelope.check(key: nil) }
    }

    @Test("of an event has the event's type, subject, revision, key and cause")
    func ofEvent() throws {
        let generator = EventGenerator(seed: 1)
        let event = try generator.event(ScreeningDeclined.self)
        let child = generator.child()
        let cause = UUID()
        let time = Timestamp(milliseconds: 1)
        let envelope = Envelope(
            of: event, child: child, source: EventSource(region: "23", service: .intake), trigger: .record(cause),
            triggeredAt: time, recordedAt: Timestamp(milliseconds: 2), epoch: 4)
        #expect(envelope.eventType == .screeningDeclined)
        #expect(envelope.subject == event.body.screening.text)
        #expect(envelope.revision == event.common.revision)
        #expect(envelope.child == child)
        #expect(envelope.causationID == cause)
        #expect(envelope.time.milliseconds == 2)
    }

    /// The headers of a good envelope with one value put in the place of its own.
    private static func headers(_ name: HeaderName, _ value: [UInt8]) -> [EventHeader] {
        envelope.headers().map { $0.name == name.rawValue ? EventHeader(name: $0.name, value: value) : $0 }
    }
}
