import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Scoring

/// Of what was said, retention may have left only the last: that has to tell by itself which facts it followed from.
@Suite("What comes back when only the last word of each outcome is left")
struct RetentionBetweenTests {
    let story = CourseStory()

    /// What was said last of the form, after it had been amended.
    enum Last: String, CaseIterable {
        case reRun, course, saidAgain, settled
    }

    private func bench(_ records: [OutgoingRecord]) async throws -> CourseBench {
        let bench = try await CourseBench()
        for record in records { try await bench.apply([record]) }
        try await bench.finishReRuns()
        return bench
    }

    /// What the lost store had read; its amendment of the second form.
    private func facts(_ last: Last) throws -> (all: [OutgoingRecord], amendment: Int) {
        var facts = [
            try CourseStory.instrument(1), try story.form(2, at: 120, alcohol: "yes", mood: ["yes", "no", "no"]),
            try story.form(2, at: 120, alcohol: "no", mood: ["yes", "no", "no"], revision: 2),
        ]
        if last == .reRun { facts.append(try CourseStory.instrument(2)) }
        if last == .course { facts.append(try story.form(1, at: 60, alcohol: "yes")) }
        return (facts, 2)
    }

    private func lost(_ last: Last, _ facts: [OutgoingRecord]) async throws -> CourseBench {
        let first = try await bench(facts)
        guard last == .saidAgain || last == .settled else { return first }
        let second = try await CourseBench()
        if last == .settled {
            try await second.takeBack(from: first) { Array($0.dropLast()) }
        } else {
            try await second.begin(epoch: 2, outcomesBegan: 9)
        }
        for record in facts { try await second.apply([record]) }
        #expect(try await second.settle().saidAgain == 1)
        return second
    }

    @Test("a form is settled only when the revision has come back that was scored last", arguments: Last.allCases)
    func amendmentMissing(_ last: Last) async throws {
        let (facts, amendment) = try facts(last)
        let lost = try await lost(last, facts)
        let held = try #require(try await lost.said(of: story.screening(2)).last)
        #expect(try held.outcome().formRevision == 2)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost, onlyLast: true)
        for (index, record) in facts.enumerated() where index != amendment { try await rebuilt.apply([record]) }
        try await rebuilt.finishReRuns()
        #expect(try await rebuilt.settle().saidAgain == 0, "\(last)")
        let second = story.screening(2)
        #expect(try await rebuilt.said(of: second).map(\.revision).max() == held.revision, "\(last)")
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 1)
        try await rebuilt.apply([facts[amendment]])
        #expect(try await rebuilt.settle().saidAgain == 0)
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        #expect(try await rebuilt.state() == lost.state())
    }

    @Test("a form that came again is not settled with its retraction", arguments: [false, true])
    func formAgain(reRun: Bool) async throws {
        let facts = [
            try CourseStory.instrument(1), try story.form(2, at: 120, alcohol: "yes"),
            try story.retraction(2, revision: 2), try story.form(2, at: 120, alcohol: "no", revision: 3),
        ]
        let again = [try reRun ? CourseStory.instrument(2) : story.form(1, at: 60, alcohol: "yes")]
        let lost = try await bench(facts + again)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost, onlyLast: true)
        for record in facts.dropLast() + again { try await rebuilt.apply([record]) }
        try await rebuilt.finishReRuns()
        #expect(try await rebuilt.settle().saidAgain == 0)
        try await rebuilt.apply([facts[3]])
        try await rebuilt.finishReRuns()
        _ = try await rebuilt.settle()
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        #expect(try await rebuilt.state() == lost.state())
    }

    @Test(
        "settling never says what isn't so in the end, whatever has come back", arguments: 300..<340 as Range<UInt64>,
        [1, 2])
    func anyPart(seed: UInt64, losses: Int) async throws {
        let history = try CourseHistory(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        var lost = try await CoursePropertyTests.bench(CoursePropertyTests.interleaved(history, &random), &random)
        if losses == 2 {
            let second = try await CourseBench()
            try await second.begin(epoch: 2, outcomesBegan: 9)
            for fact in CoursePropertyTests.interleaved(history, &random) { try await second.apply([fact.record]) }
            try await second.finishReRuns()
            _ = try await second.settle()
            lost = second
        }
        let standing = try await lost.contents()
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost, onlyLast: true)
        // The topic of the versions is compacted: they are all there, whatever else is.
        let facts = CoursePropertyTests.interleaved(history, &random)
        try await rebuilt.apply(facts.filter { $0.fact.screening == nil }.map(\.record))
        for fact in facts where fact.fact.screening != nil {
            try await rebuilt.apply([fact.record])
            try await rebuilt.finishReRuns()
            let before = try await rebuilt.said().count
            _ = try await rebuilt.settle()
            for said in try await rebuilt.said().dropFirst(before) {
                let screening = try #require(ScreeningID(said.screening))
                #expect(try said.digest() == standing[screening]?.digest, "seed \(seed): \(screening)")
            }
        }
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0, "seed \(seed)")
        #expect(try await rebuilt.state() == lost.state(), "seed \(seed)")
    }
}
