import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

/// Makes answered forms of eighteen items, each with a body of its own, as intake would publish them.
struct FormMill {
    /// Six factors of three yes-or-no items; any yes is an outcome.
    static let instrument = version("1")

    /// A version of the instrument, all with the same rules, and what it scores again.
    static func version(_ version: String, rescores: Rescoring? = nil) -> InstrumentPublished {
        let factors = RiskFactor.known
        let items = (0..<18).map { index in
            InstrumentItem(
                linkId: "item-\(index + 1)", type: .choice,
                options: [AnswerOption(code: "yes"), AnswerOption(code: "no")], required: false,
                factor: factors[index / 3])
        }
        let rules = factors.enumerated().map { index, factor in
            FactorRule(
                code: "\(factor.rawValue)-any", factor: factor, kind: .anyOf,
                triggers: (0..<3).map { AnswerPattern(item: "item-\(index * 3 + $0 + 1)", options: ["yes"]) })
        }
        let definition = InstrumentDefinition(
            items: items, factors: factors, rules: rules, signals: [], acute: [],
            evidence: factors.map { FactorEvidence(factor: $0, examined: false) })
        guard let hash = try? InstrumentPublished.contentHash(code: "mill", version: version, definition: definition),
            let day = CalendarDay("2026-01-01")
        else { Benchmark.fail("the benchmark's instrument can't be made") }
        return InstrumentPublished(
            instrument: InstrumentReference(code: "mill", version: version, sha256: hash), languages: ["sv"],
            validFrom: day, licensed: false, definition: definition, rescores: rescores)
    }

    private var random: SeededGenerator
    private let source = EventSource(region: "23", service: .intake)
    private let start = Timestamp(Date())
    private let children: Int

    /// - Parameter children: how many there are, with one respondent each. All answer before the first answers again,
    ///   so that a form's predecessor came as many forms before it.
    init(seed: UInt64, children: Int) {
        random = SeededGenerator(seed: seed)
        self.children = children
    }

    static func record(_ instrument: InstrumentPublished) throws -> OutgoingRecord {
        let now = Timestamp(Date())
        let event = Event(ReferenceMembers(occurredAt: now, region: "23", revision: 1, synthetic: true), instrument)
        let version = UInt64(instrument.instrument.version.utf8.first ?? 0)
        let envelope = Envelope(
            of: event, source: EventSource(region: "23", service: .intake),
            trigger: .write(UUID(high: 1, low: version, version: 7)), triggeredAt: now, recordedAt: now, epoch: 1)
        return Self.record(envelope, try EventCodec.encode(event), on: .registry)
    }

    /// The next form: 52 of 100 have an outcome (the rate of routine use in Dalarna).
    mutating func next(_ number: Int) throws -> OutgoingRecord {
        var family = SeededGenerator(seed: UInt64(number % children))
        let child = ChildID(UUID(high: family.next(), low: family.next(), version: 4))
        let respondent = RespondentID(UUID(high: family.next(), low: family.next(), version: 4))
        let triggering = Int.random(in: 0..<100, using: &random) < 52 ? Int.random(in: 0..<18, using: &random) : -1
        let answers = (0..<18).map { index in
            ItemAnswer(item: "item-\(index + 1)", value: .code(index == triggering ? "yes" : "no"))
        }
        let event = Event(
            CommonMembers(
                occurredAt: start + .milliseconds(number), region: "23", unit: "SE2321000131-E000000000001",
                residenceMunicipality: "2380", actor: Actor(role: .parent), restricted: false, synthetic: true,
                registryVersion: "1"),
            AnswersSubmitted(
                screening: ScreeningID(ordered(number)), visit: VisitID(ordered(number)), slot: "10m",
                respondent: respondent, ageDays: 300 + 200 * (number / children),
                instrument: Self.instrument.instrument, language: "sv", informationVersion: "1", answers: answers))
        let envelope = Envelope(
            of: event, child: child, source: source, trigger: .write(ordered(number)), triggeredAt: start,
            recordedAt: start, epoch: 1)
        return Self.record(envelope, try EventCodec.encode(event), on: .answers)
    }

    private mutating func ordered(_ number: Int) -> UUID {
        UUID(
            time: start + .milliseconds(number), randomHigh: UInt16(truncatingIfNeeded: random.next()),
            low: random.next(), version: 7)
    }

    private static func record(_ envelope: Envelope, _ value: [UInt8], on topic: Topic) -> OutgoingRecord {
        OutgoingRecord(
            topic: topic.name(), key: Array(envelope.partitionKey.utf8), value: value,
            headers: envelope.headers(Header.init))
    }
}

extension FormMill {
    /// Puts the instrument and so many forms on their topics.
    static func publish(_ forms: Int, of children: Int, to servers: String) async throws {
        let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: servers), logger: logger, metrics: MetricsRegistry())
        var mill = FormMill(seed: 1, children: children)
        var records = [try record(instrument)]
        for number in 0..<forms {
            records.append(try mill.next(number))
            if records.count >= 1000 || number == forms - 1 {
                for result in await producer.publish(records, deadline: .seconds(60)) {
                    guard case .persisted = result else { Benchmark.fail("a form was not published: \(result)") }
                }
                records = []
            }
        }
        _ = await producer.close(deadline: .seconds(5))
    }
}
