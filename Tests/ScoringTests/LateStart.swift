import Events
import Foundation
import Kafka
import Runtime
import Support
import Testing

@testable import Scoring

/// Scoring's store is lost after the beginning of `answers` has left the topic: what an operator does then, with the
/// services' own commands, and what comes of it.
struct LateStart {
    let broker: TestBroker
    let scoring: ScoringOnCluster
    let intake: ServiceProcessUnderTest
    private let files: TemporaryDirectory

    init(on broker: TestBroker) throws {
        self.broker = broker
        scoring = try ScoringOnCluster(
            broker.servers, prefix: broker.prefix, environment: ["WITNESS_WATCH_SECONDS": "2"])
        files = try TemporaryDirectory()
        let tokens = files.file("tokens.json")
        try "[]".write(toFile: tokens, atomically: true, encoding: .utf8)
        let demo = Repository.root.appending(path: "compose/demo")
        intake = try ServiceProcessUnderTest(
            "intake", bootstrapServers: broker.servers, prefix: broker.prefix,
            environment: [
                "REGISTRY_FILE": demo.appending(path: "registry.json").path,
                "INSTRUMENT_FILES": demo.appending(path: "instrument.json").path, "TOKENS_FILE": tokens,
                "HTTP_LISTEN": "127.0.0.1:0",
            ])
    }

    /// What intake has said about forms: amended, taken back, brought again, out of the order of visits, and wrong.
    static func answers() throws -> [OutgoingRecord] {
        let records = try (1...30).flatMap { number in
            let story = CourseStory(child: UInt64(number), respondent: UInt64(number))
            let (first, second, third) = (10 * number, 10 * number + 1, 10 * number + 2)
            var records = [
                try story.form(first, at: 60, alcohol: "yes"),
                try story.form(second, at: 300, alcohol: number % 2 == 0 ? "yes" : "no"),
                try story.form(first, at: 60, alcohol: "no", mood: ["yes", "yes", "no"], revision: 2),
            ]
            if number % 3 == 0 { records.append(try story.retraction(second, revision: 2)) }
            if number % 3 == 1 { records.append(try story.form(third, at: 120, alcohol: "yes")) }
            if number % 6 == 0 { records.append(try story.form(second, at: 300, alcohol: nil, revision: 3)) }
            if number % 5 == 0 {
                records.append(try story.form(10 * number + 3, at: 400, alcohol: "sometimes"))
                records.append(try story.form(10 * number + 4, at: 900, alcohol: "no"))
            }
            return records
        }
        // One after the other, as intake recorded them.
        return records.enumerated().map { index, record in
            record.recorded(at: Timestamp(milliseconds: CourseHistory.now.milliseconds + Int64(index)))
        }
    }

    /// What retention leaves of each partition: the last third, begun amid the facts about a child. The places are the
    /// offsets. It never begins with the form that waits behind one that can't be scored: alone, that would be scored.
    static func left(of answers: [OutgoingRecord]) -> [Int32: ArraySlice<OutgoingRecord>] {
        let count = Catalogue.contract(for: .answers).partitions
        return Dictionary(grouping: answers) { partition(ofKey: $0.key, count: count) }.mapValues { records in
            let place = records.count * 2 / 3
            return records[(isBehind(records[place]) ? place + 1 : place)...]
        }
    }

    private static func isBehind(_ record: OutgoingRecord) -> Bool {
        let subject = record.headers.first { $0.name == "ce_subject" }?.value ?? []
        let screening = ScreeningID(String(decoding: subject, as: UTF8.self))
        return (1...30).contains { CourseStory().screening(10 * $0 + 4) == screening }
    }

    /// - Parameter beginningGoes: makes the topic lose everything but what is left of its partitions.
    func happens(_ beginningGoes: ([Int32: ArraySlice<OutgoingRecord>]) async throws -> Void) async throws {
        let answers = try Self.answers()
        try await broker.publish([CourseStory.instrument(1)] + answers)
        try await giveIntakeItsJournal(of: answers.count)
        let before = try await scored()
        let said = try await outcomes()
        try await beginningGoes(Self.left(of: answers))
        try scoring.service.removeData()

        let line = try await scoring.refusal()
        #expect(line.contains("topic \(name) partition") && line.contains("what lay before is gone"), "\(line)")
        #expect(line.contains("`recover republish` it") && line.contains("`recover take-over`"), "\(line)")

        try intake.start()
        try await intake.counts { _ in true }
        #expect(try await intake.command("recover", "republish", Topic.answers.rawValue).code == 0)
        try await published(intake)
        #expect(try await scoring.service.command("recover", "take-over").code == 0)
        let after = try await scored()
        #expect(after.facts == before.facts)
        #expect(after.hash == before.hash)

        let all = try await outcomes()
        #expect(Set(all.map(\.id)).count == all.count, "an outcome was published again")
        #expect(Self.held(all) == Self.held(said))
        intake.signal(SIGTERM)
        #expect(try await intake.ending() == .exited(0))
        try intake.removeData()
        try scoring.service.removeData()
    }

    private var name: String { Topic.answers.name(prefix: broker.prefix) }

    /// Intake's store is new; what the topics have of it becomes its journal, as after a backup of the first minute.
    private func giveIntakeItsJournal(of count: Int) async throws {
        let taken = try await intake.command("recover", "rolled-back")
        #expect(taken.code == 0 && taken.lines.last?.contains("took back \(count + 1) events") == true, "\(taken)")
    }

    /// Runs scoring until it has applied all answers and published what follows.
    private func scored() async throws -> (facts: [String: Int], hash: String) {
        try scoring.service.start()
        try await scoring.service.eventually("the end of the log") {
            scoring.service.log.contains { $0.contains("caught up with the log") }
        }
        let counts = try await scoring.service.counts { counts in
            counts["outcomes.unsettled"] == 0 && counts["forms.waiting"] == 0 && counts["parked.ready"] == nil
        }
        try await published(scoring.service)
        try await scoring.stop()
        let facts = counts.filter { $0.key.hasPrefix("forms.") || $0.key.hasPrefix("parked.") }
        return (facts, try await StateHash.hex(ofStoreIn: scoring.service.dataDirectory))
    }

    private func published(_ service: ServiceProcessUnderTest) async throws {
        try await service.eventually("the outbox to be published") {
            try await service.probe("/metrics").text.contains("screening_outbox_pending 0")
        }
    }

    struct Outcome: Sendable {
        let id: String
        let screening: String
        let revision: Int
    }

    /// Every record on `outcomes`, repetitions included.
    private func outcomes() async throws -> [Outcome] {
        let administration = try broker.administration()
        let topic = Topic.outcomes.name(prefix: broker.prefix)
        let end = try (0..<Catalogue.contract(for: .outcomes).partitions).reduce(0) { sum, partition in
            sum + Int(try administration.watermarks(of: topic, partition: partition).high)
        }
        return try await broker.records(on: [.outcomes]) { $0.count >= end }.map { record in
            func text(_ name: String) -> String {
                String(decoding: record.headers.first { $0.name == name }?.value ?? [], as: UTF8.self)
            }
            return Outcome(
                id: text("ce_id"), screening: text("ce_subject"), revision: Int(text("ce_revision")) ?? 0)
        }
    }

    /// The event that readers hold to of each screening.
    private static func held(_ outcomes: [Outcome]) -> [String: String] {
        Dictionary(grouping: outcomes, by: \.screening).compactMapValues { said in
            said.max { $0.revision < $1.revision }?.id
        }
    }
}
