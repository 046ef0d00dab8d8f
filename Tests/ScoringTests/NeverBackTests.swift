import Events
import Foundation
import Kafka
import Runtime
import Store
import Testing

@testable import Delivery
@testable import Scoring

/// What a rebuilt store does with the rest of a child's outcomes when one of them can't come back, or can't be read.
@Suite("What never comes back after a loss, and what can't be read")
struct NeverBackTests {
    let mother = CourseStory()
    let father = CourseStory(child: 1, respondent: 2)

    private func bench(_ records: [OutgoingRecord]) async throws -> CourseBench {
        let bench = try await CourseBench()
        for record in records { try await bench.apply([record]) }
        return bench
    }

    private func unsettled(_ bench: CourseBench) async throws -> Int? {
        try await bench.counts()["outcomes.unsettled"]
    }

    @Test("a form whose record was discarded keeps only what may be compared with it, until the form is taken back")
    func discarded() async throws {
        let (instrument, fathers) = (try CourseStory.instrument(1), try father.form(2, at: 60, alcohol: "no"))
        let later = try mother.form(3, at: 120, alcohol: "no")
        let lost = try await bench([instrument, mother.form(1, at: 60, alcohol: "yes"), fathers, later])
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        // Of the father's form an earlier release had said something else.
        let differing = father.screening(2)
        try await rebuilt.store.write {
            _ = try $0.execute("UPDATE said_before SET digest = x'01' WHERE screening = ?", .uuid(differing.uuid))
        }
        for record in [instrument, fathers, later, try mother.form(1, at: 60, alcohol: "never")] {
            try await rebuilt.apply([record])
        }
        #expect(try await rebuilt.settle().settled == 0, "the parked one may be what makes them agree")
        let parked = try #require(try await PoisonTests.parked(rebuilt).first)
        #expect(try await rebuilt.parkedCommands.discard(parked.seq, reason: "typed by hand").exitCode == 0)
        #expect(try await rebuilt.settle().saidAgain == 1)
        #expect(try await rebuilt.said(of: differing).map(\.revision) == [1, 2])
        #expect(try await unsettled(rebuilt) == 2, "the form itself, and the one that was compared with it")
        try await rebuilt.apply([mother.retraction(1, revision: 2)])
        _ = try await rebuilt.settle()
        #expect(try await unsettled(rebuilt) == 0)
        #expect(try await rebuilt.said(of: mother.screening(1)).last?.type == EventType.outcomeRetracted.name)
    }

    @Test("what can't be read is settled when the record that led to it has come back")
    func unreadableAmendment() async throws {
        let facts = [
            try CourseStory.instrument(1), try mother.form(1, at: 60, alcohol: "yes"),
            try mother.form(1, at: 60, alcohol: "no", revision: 2),
        ]
        let lost = try await bench(facts)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost) { Array($0.dropLast()) }
        for record in facts.dropLast() { try await rebuilt.apply([record]) }
        #expect(try await rebuilt.settle().settled == 0)
        #expect(try await unsettled(rebuilt) == 1)
        try await rebuilt.apply([facts[2]])
        #expect(try await rebuilt.settle().saidAgain == 1)
        let last = try #require(try await rebuilt.said(of: mother.screening(1)).last)
        #expect(try last.revision == 3 && last.outcome().factors[0].result.rawValue == "none")
        #expect(try await unsettled(rebuilt) == 0)
    }

    @Test("what can't be read may have been compared: it waits for the child's other forms")
    func unreadableSibling() async throws {
        let facts = [
            try CourseStory.instrument(1), try mother.form(1, at: 60, alcohol: "no"),
            try mother.form(2, at: 120, alcohol: "yes"),
        ]
        let lost = try await bench(facts)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost) { Array($0.dropLast()) }
        for record in [facts[0], facts[2]] { try await rebuilt.apply([record]) }
        #expect(try await rebuilt.settle().settled == 0)
        try await rebuilt.apply([facts[1]])
        _ = try await rebuilt.settle()
        #expect(try await unsettled(rebuilt) == 0)
        #expect(try await rebuilt.state() == lost.state())
    }

    @Test("a later release's word, otherwise unreadable, tells of which revision of the form it is")
    func wordOfLaterRelease() async throws {
        let facts = [
            try CourseStory.instrument(1), try mother.form(2, at: 120, alcohol: "yes"),
            try mother.form(1, at: 60, alcohol: "yes"), try mother.form(2, at: 120, alcohol: "no", revision: 2),
        ]
        // The neighbour's form was the last to lead to something.
        let lost = try await bench([facts[0], facts[1], facts[3], facts[2]])
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost, onlyLast: true) { value in
            Array(String(decoding: value, as: UTF8.self).replacing("\"change\":\"", with: "\"change\":\"un").utf8)
        }
        for record in facts.dropLast() { try await rebuilt.apply([record]) }
        _ = try await rebuilt.settle()
        let held = try await lost.said(of: mother.screening(2)).map(\.revision).max()
        #expect(try await rebuilt.said(of: mother.screening(2)).map(\.revision).max() == held)
        #expect(try await unsettled(rebuilt) == 2, "the neighbour's can't be read either, and waits for it")
        try await rebuilt.apply([facts[3]])
        _ = try await rebuilt.settle()
        #expect(try await unsettled(rebuilt) == 0)
        #expect(try await rebuilt.state() == lost.state())
    }
}
