import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Delivery
@testable import Kafka

/// What acknowledgements mean for the marks.
@Suite("Publishing")
struct PublishTurnTests {
    static let refusal = KafkaFailure(
        code: KafkaFailure.Code(number: 10), name: "MSG_SIZE_TOO_LARGE", reason: "", disposition: .refuse, hint: "")
    static let passing = KafkaFailure(
        code: KafkaFailure.Code(number: 7), name: "REQUEST_TIMED_OUT", reason: "", disposition: .retry, hint: "")

    static func entry(_ seq: Int64, _ topic: Topic) -> Outbox.Entry {
        let envelope = Envelope(
            id: UUID(high: 0, low: UInt64(seq), version: 8), source: EventSource(region: "23", service: .intake),
            type: "t", subject: "s", time: Timestamp(milliseconds: seq), dataSchema: "x:y", partitionKey: "k",
            revision: 1, epoch: 1)
        return Outbox.Entry(seq: seq, topic: topic, envelope: envelope, value: [])
    }

    static func marks(_ published: [Events.Topic: Int64], stopped: [Events.Topic: String] = [:]) -> PublishedMarks {
        PublishedMarks(published: published, stopped: stopped)
    }

    @Test("a whole chunk acknowledged moves every topic's mark to its end")
    func allPersisted() {
        let turn = PublishTurn(
            sent: [Self.entry(1, .answers), Self.entry(2, .screenings)],
            results: [.persisted(partition: 0, offset: 0), .persisted(partition: 0, offset: 0)], lastSeq: 2)
        let (next, retry) = turn.marks(after: Self.marks([.answers: 0, .screenings: 0, .children: 0]))
        #expect(next == Self.marks([.answers: 2, .screenings: 2, .children: 2]))
        #expect(!retry)
    }

    @Test("a mark rises over the acknowledged prefix only, so that order survives a repetition")
    func prefix() {
        let turn = PublishTurn(
            sent: [1, 2, 3].map { Self.entry($0, .answers) },
            results: [.persisted(partition: 0, offset: 0), .retry(Self.passing), .persisted(partition: 0, offset: 1)],
            lastSeq: 3)
        let (next, retry) = turn.marks(after: Self.marks([.answers: 0, .screenings: 0]))
        #expect(next.published == [.answers: 1, .screenings: 3])
        #expect(retry)
    }

    @Test("a refused event stops its topic and no other; nothing of it is skipped")
    func refused() {
        let turn = PublishTurn(
            sent: [Self.entry(1, .answers), Self.entry(2, .answers), Self.entry(3, .screenings)],
            results: [.refused(Self.refusal), .refused(Self.refusal), .persisted(partition: 0, offset: 0)], lastSeq: 3)
        let (next, retry) = turn.marks(after: Self.marks([.answers: 0, .screenings: 0]))
        #expect(next.published == [.answers: 0, .screenings: 3])
        #expect(next.stopped == [.answers: "MSG_SIZE_TOO_LARGE"])
        #expect(!retry)
        #expect(next.position == 3, "the stopped topic does not hold the others back")
    }

    @Test("random results never lose or overtake a row", arguments: 0..<200 as Range<UInt64>)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let topics: [Topic] = [.answers, .screenings]
        let rows = (1...30).map { Self.entry(Int64($0), topics.randomElement(using: &random) ?? .answers) }
        var marks = Self.marks([.answers: 0, .screenings: 0])
        var delivered: [Topic: [Int64]] = [:]
        for _ in 0..<200 where marks.position < 30 {
            let chunk = rows.filter { $0.seq > marks.position }.prefix(7)
            let due = chunk.filter(marks.isDue)
            let results: [PublishResult] = due.map { _ in
                Int.random(in: 0..<4, using: &random) == 0 ? .retry(Self.passing) : .persisted(partition: 0, offset: 0)
            }
            for (row, result) in zip(due, results) {
                if case .persisted = result { delivered[row.topic, default: []].append(row.seq) }
            }
            marks = PublishTurn(sent: due, results: results, lastSeq: chunk.last?.seq ?? 30).marks(after: marks).marks
        }
        for topic in topics {
            let expected = rows.filter { $0.topic == topic }.map(\.seq)
            var firsts: [Int64] = []
            for seq in delivered[topic] ?? [] where !firsts.contains(seq) { firsts.append(seq) }
            #expect(Set(firsts) == Set(expected), "seed \(seed): all are delivered")
        }
    }
}
