import Events
import Kafka
import Support
import Testing

@testable import Delivery
@testable import Reporting

/// Events as every released version wrote them, and as a later one may.
@Suite("Recorded events")
struct RecordedEventTests {
    static func received(_ fixture: EventFixture) throws -> ReceivedEvent {
        let envelope = try Envelope(headers: fixture.headers)
        return ReceivedEvent(
            envelope: envelope, topic: fixture.topic, value: fixture.value,
            child: ChildID(String(decoding: fixture.key, as: UTF8.self)))
    }

    @Test("each type that reporting reads states a fact")
    func all() throws {
        for fixture in try EventFixture.recorded() where fixture.topic != .answers {
            let isRead = Catalogue.contract(for: fixture.topic).reader(.reporting) != nil
            guard isRead else { continue }
            #expect(try FactReading.fact(in: Self.received(fixture)) != nil, "\(fixture.name)")
        }
    }

    @Test("members, codes and headers of a later release are no obstacle")
    func unknownMembers() throws {
        let fact = try FactReading.fact(in: Self.received(try EventFixture.unknownMembers()))
        guard case .offered? = fact?.fact else { return #expect(Bool(false), "not what it was") }
    }

    @Test("answers are nothing to reporting")
    func answers() {
        #expect(Catalogue.contract(for: .answers).reader(.reporting) == nil)
    }
}
