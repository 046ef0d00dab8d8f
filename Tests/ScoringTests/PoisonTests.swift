import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Delivery
@testable import Scoring

/// Records of `answers` that can't be applied, and what an operator does with them.
@Suite("A form that can't be scored")
struct PoisonTests {
    /// What a form answers that its instrument doesn't take, and the reason that is told.
    enum Wrong: CaseIterable {
        case item, option

        var reason: String { self == .item ? "item-unknown" : "option-unknown" }

        func record(_ story: CourseStory) throws -> OutgoingRecord {
            let record = try story.form(1, at: 60, alcohol: self == .option ? "never" : "no")
            guard self == .item else { return record }
            var value = String(decoding: record.value ?? [], as: UTF8.self)
            value.replace("\"a1\"", with: "\"a7\"")
            return OutgoingRecord(
                topic: record.topic, key: record.key, value: Array(value.utf8), headers: record.headers)
        }
    }

    struct Parked: Equatable {
        let seq: Int64
        let state: String
        let reason: String
    }

    static func parked(_ bench: CourseBench) async throws -> [Parked] {
        try await bench.store.read { scope in
            try scope.all("SELECT seq, state, reason FROM parked ORDER BY seq") {
                Parked(seq: $0.integer(0), state: $0.text(1), reason: $0.text(2))
            }
        }
    }

    /// Reasons told on the dead-letter topic, in their order.
    static func letters(_ bench: CourseBench) async throws -> [String] {
        try await bench.store.read { scope in
            try scope.all(
                "SELECT value FROM outbox WHERE topic = ? ORDER BY seq", .text(Topic.scoringDeadLetters.rawValue)
            ) { try EventCodec.part(DeadLetterNotice.self, from: $0.blob(0)).reason }
        }
    }

    @Test(
        "is parked with its reason, the child's later ones behind it; a redrive refuses it, a discard lets them go on",
        arguments: Wrong.allCases)
    func refused(wrong: Wrong) async throws {
        let bench = try await CourseBench()
        let (story, other) = (CourseStory(), CourseStory(child: 2, respondent: 2))
        try await bench.apply([
            CourseStory.instrument(1), wrong.record(story), story.form(2, at: 120, alcohol: "no"),
            other.form(3, at: 60, alcohol: "no"),
        ])
        #expect(try await bench.said().map(\.screening) == [other.screening(3).text], "another child's form flows")
        let parked = try await Self.parked(bench)
        #expect(parked.map(\.state) == ["refused", "behind"] && parked.first?.reason == wrong.reason)
        #expect(try await Self.letters(bench) == [wrong.reason])
        let seq = try #require(parked.first?.seq)
        #expect(try await bench.parkedCommands.makeReady(seq) == nil)
        try await bench.applyReady()
        let again = try await Self.parked(bench)
        #expect(again.map(\.state) == ["refused", "behind"] && again.first?.reason == wrong.reason)
        #expect(try await bench.said().count == 1)
        let refused = try #require(again.first?.seq)
        #expect(try await bench.parkedCommands.discard(refused, reason: "typed by hand").exitCode == 0)
        try await bench.applyReady()
        #expect(try await Self.parked(bench).isEmpty)
        let later = try #require(try await bench.said(of: story.screening(2)).first)
        #expect(try later.outcome().factors[0].change == .first, "the discarded form is no form before")
    }

    @Test("keeps nothing from a form that was recorded before it and comes after: from the writer's journal")
    func journalAgain() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        func at(_ second: Int64, _ record: OutgoingRecord) -> OutgoingRecord {
            record.recorded(at: Timestamp(milliseconds: CourseHistory.now.milliseconds + second * 1000))
        }
        let before = at(1, try story.form(3, at: 90, alcohol: "yes"))
        let wrong = at(2, try Wrong.option.record(story))
        let after = at(3, try story.form(2, at: 120, alcohol: "no"))
        try await bench.apply([CourseStory.instrument(1), wrong, after, before, wrong, after])
        #expect(try await Self.parked(bench).map(\.state) == ["refused", "behind"])
        #expect(try await bench.said().map(\.screening) == [story.screening(3).text])
    }

    @Test("lets the form behind it through where the topic had only that one left, and it comes from the journal")
    func behindAlone() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        let after = try story.form(2, at: 120, alcohol: "no")
        try await bench.apply([CourseStory.instrument(1), after, Wrong.option.record(story), after])
        #expect(try await Self.parked(bench).map(\.state) == ["refused"])
        #expect(try await bench.said().map(\.screening) == [story.screening(2).text])
    }

    @Test("may be of a type that a future release knows: it waits, and the child's later ones behind it")
    func futureType() async throws {
        let bench = try await CourseBench()
        let (story, other) = (CourseStory(), CourseStory(child: 2, respondent: 2))
        let record = try story.form(1, at: 60, alcohol: "no")
        let headers = record.headers.map { header in
            header.name == "ce_type"
                ? Header(name: header.name, value: Array("barnsakert.answers.sung.v1".utf8)) : header
        }
        let future = OutgoingRecord(topic: record.topic, key: record.key, value: record.value, headers: headers)
        try await bench.apply([
            CourseStory.instrument(1), future, story.form(2, at: 120, alcohol: "no"),
            other.form(3, at: 60, alcohol: "no"),
        ])
        #expect(try await bench.said().map(\.screening) == [other.screening(3).text])
        let parked = try await Self.parked(bench)
        #expect(parked.map(\.state) == ["unknown-type", "behind"] && parked.first?.reason == "type-unknown")
        #expect(try await Self.letters(bench) == ["type-unknown"])
    }
}
