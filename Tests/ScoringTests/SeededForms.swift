import Delivery
import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

@testable import Scoring

/// Forms and an instrument from a seed, published as intake would.
struct SeededForms {
    /// A small instrument of four items over two factors, one of them needing two answers.
    static let instrument: InstrumentPublished = {
        let yesNo = [AnswerOption(code: "yes"), AnswerOption(code: "no")]
        func item(_ code: String, _ factor: RiskFactor) -> InstrumentItem {
            InstrumentItem(linkId: code, type: .choice, options: yesNo, required: false, factor: factor)
        }
        let definition = InstrumentDefinition(
            items: [
                item("a1", .alcohol), item("m1", .lowMood), item("m2", .lowMood), item("m3", .lowMood),
            ],
            factors: [.alcohol, .lowMood],
            rules: [
                FactorRule(
                    code: "alcohol-any", factor: .alcohol, kind: .anyOf,
                    triggers: [AnswerPattern(item: "a1", options: ["yes"])]),
                FactorRule(
                    code: "mood-two", factor: .lowMood, kind: .atLeast,
                    triggers: ["m1", "m2", "m3"].map { AnswerPattern(item: $0, options: ["yes"]) }, atLeast: 2),
            ],
            signals: [], acute: [AnswerPattern(item: "a1", options: ["yes"])],
            evidence: [
                FactorEvidence(factor: .alcohol, examined: false), FactorEvidence(factor: .lowMood, examined: false),
            ])
        let hash =
            (try? InstrumentPublished.contentHash(code: "test", version: "1", definition: definition)) ?? ""
        return InstrumentPublished(
            instrument: InstrumentReference(code: "test", version: "1", sha256: hash), languages: ["sv"],
            validFrom: CalendarDay("2026-01-01")!, licensed: false, definition: definition)
    }()

    /// The next version, under which one answer is enough for low mood; it scores the first one's forms again.
    static func nextVersion() throws -> InstrumentPublished {
        var next = instrument
        next.definition.rules[1].atLeast = 1
        next.instrument.version = "2"
        next.instrument.sha256 = try InstrumentPublished.contentHash(
            code: "test", version: "2", definition: next.definition)
        next.rescores = CalendarDay("2026-01-01").map { Rescoring(version: "1", from: $0) }
        return next
    }

    private var generator: SeededGenerator
    private let ids: [UUID]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        ids = []
    }

    /// A form of a new child.
    mutating func form(at index: Int) throws -> (child: ChildID, event: Event<AnswersSubmitted>) {
        let child = ChildID(UUID(high: generator.next(), low: generator.next(), version: 4))
        return (child, try form(of: child, RespondentID(uuid()), ageDays: 60 + index % 1000, revision: 1))
    }

    mutating func form(
        of child: ChildID, _ respondent: RespondentID, ageDays: Int, revision: Int
    ) throws -> Event<AnswersSubmitted> {
        let answers = ["a1", "m1", "m2", "m3"].map { item -> ItemAnswer in
            let value: AnswerValue? =
                [.code("yes"), .code("no"), .code("no"), nil].randomElement(using: &generator) ?? nil
            return ItemAnswer(item: item, value: value)
        }
        return Event(
            CommonMembers(
                occurredAt: Timestamp(milliseconds: 1_790_000_000_000), region: "23",
                unit: "SE2321000131-E000000000001",
                residenceMunicipality: "2380", actor: Actor(role: .parent), revision: revision, restricted: false,
                synthetic: true, registryVersion: "1"),
            AnswersSubmitted(
                screening: ScreeningID(uuid()), visit: VisitID(uuid()), slot: "10m", respondent: respondent,
                ageDays: ageDays, instrument: Self.instrument.instrument, language: "sv", informationVersion: "1",
                answers: answers))
    }

    mutating func uuid() -> UUID {
        UUID(
            time: Timestamp(milliseconds: 1_790_000_000_000), randomHigh: UInt16(truncatingIfNeeded: generator.next()),
            low: generator.next(), version: 7)
    }
}

/// Intake's side of the topics.
struct IntakeStandIn {
    static let source = EventSource(region: "23", service: .intake)

    static func record<Body: EventBody>(
        _ event: Event<Body>, child: ChildID, trigger: UUID
    ) throws -> OutgoingRecord where Body.Common == CommonMembers {
        let now = Timestamp(milliseconds: 1_790_000_000_000)
        let envelope = Envelope(
            of: event, child: child, source: source, trigger: .write(trigger), triggeredAt: now, recordedAt: now,
            epoch: 1)
        return try record(envelope, EventCodec.encode(event), topic: Topic.answers.name())
    }

    static func record(
        _ published: InstrumentPublished, revision: Int = 1, trigger: UInt64 = 1
    ) throws -> OutgoingRecord {
        let now = Timestamp(milliseconds: 1_790_000_000_000)
        let event = Event(
            ReferenceMembers(occurredAt: now, region: "23", revision: revision, synthetic: true), published)
        let envelope = Envelope(
            of: event, source: source, trigger: .write(UUID(high: 1, low: trigger, version: 7)), triggeredAt: now,
            recordedAt: now, epoch: 1)
        return try record(envelope, EventCodec.encode(event), topic: Topic.registry.name())
    }

    private static func record(_ envelope: Envelope, _ value: [UInt8], topic: String) throws -> OutgoingRecord {
        OutgoingRecord(
            topic: topic, key: Array(envelope.partitionKey.utf8), value: value,
            headers: envelope.headers(Header.init))
    }
}

extension OutgoingRecord {
    /// The same as recorded at another time.
    func recorded(at time: Timestamp) -> OutgoingRecord {
        let headers = headers.map { header in
            header.name == "ce_time" ? Header(name: header.name, value: Array(time.rfc3339.utf8)) : header
        }
        return OutgoingRecord(topic: topic, key: key, value: value, headers: headers)
    }
}
