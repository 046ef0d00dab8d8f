import Delivery
import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Scoring

/// A rebuilt store says something only when it knows what the lost one knew, or where nothing tells what that was.
@Suite("What comes back after a loss")
struct ComingBackTests {
    let story = CourseStory()

    private func bench(_ records: [OutgoingRecord]) async throws -> CourseBench {
        let bench = try await CourseBench()
        for record in records { try await bench.apply([record]) }
        return bench
    }

    /// What a reader shows of a screening: the highest revision, as type and result of the first factor.
    private func shown(_ said: [CourseBench.Said]) throws -> String? {
        guard let last = said.max(by: { $0.revision < $1.revision }) else { return nil }
        guard last.type == EventType.outcomeScored.name else { return "retracted" }
        return try last.outcome().factors[0].result.rawValue
    }

    /// What was said, and what of it came back before the store looked.
    enum Half: String, CaseIterable {
        case amendmentMissing, retractionMissing, amendmentMissingBehindCourse, predecessorMissing

        func facts(_ story: CourseStory) throws -> (before: [OutgoingRecord], missing: OutgoingRecord) {
            let first = try story.form(2, at: 120, alcohol: "yes")
            switch self {
            case .amendmentMissing: return ([first], try story.form(2, at: 120, alcohol: "no", revision: 2))
            case .retractionMissing: return ([first], try story.retraction(2, revision: 2))
            case .amendmentMissingBehindCourse:
                // The neighbour's form was the last to lead to something, and is here.
                return (
                    [first, try story.form(1, at: 60, alcohol: "yes")],
                    try story.form(2, at: 120, alcohol: "no", revision: 2)
                )
            case .predecessorMissing: return ([first], try story.form(1, at: 60, alcohol: "no"))
            }
        }
    }

    @Test("nothing is settled while a part is missing, and nothing said when it has come", arguments: Half.allCases)
    func half(_ half: Half) async throws {
        let (before, missing) = try half.facts(story)
        let instrument = try CourseStory.instrument(1)
        let lostOrder = half == .amendmentMissingBehindCourse ? [before[0], missing, before[1]] : before + [missing]
        let lost = try await bench([instrument] + lostOrder)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        for record in [instrument] + before { try await rebuilt.apply([record]) }
        let second = story.screening(2)
        let shownBefore = try shown(try await lost.said(of: second))
        _ = try await rebuilt.settle()
        #expect(try shown(try await rebuilt.said(of: second)) == shownBefore, "\(half)")
        let highest = try await lost.said(of: second).map(\.revision).max()
        #expect(try await rebuilt.said(of: second).map(\.revision).max() == highest, "\(half)")
        #expect(try await rebuilt.counts()["outcomes.unsettled"] ?? 0 > 0)
        try await rebuilt.apply([missing])
        _ = try await rebuilt.settle()
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        #expect(try await rebuilt.state() == lost.state())
        #expect(try shown(try await rebuilt.said(of: second)) == shownBefore)
    }

    @Test("an outcome is settled although the form that it was compared with has gone for good since")
    func predecessorGone() async throws {
        let facts = [
            try CourseStory.instrument(1), try story.form(1, at: 60, alcohol: "no"),
            try story.form(2, at: 120, alcohol: "yes"),
        ]
        let lost = try await bench(facts)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        // The lost store had not read the retraction.
        for record in [facts[0], facts[1], try story.retraction(1, revision: 2), facts[2]] {
            try await rebuilt.apply([record])
        }
        #expect(try await rebuilt.settle().saidAgain == 1)
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        let last = try #require(try await rebuilt.said(of: story.screening(2)).last)
        #expect(try last.revision == 2 && last.outcome().factors[0].change == .first)
    }

    @Test("a saying that can't be read is known by its envelope, and what stands is said above it", arguments: [1, 2])
    func unreadable(facts count: Int) async throws {
        let facts = [
            try CourseStory.instrument(1), try story.form(1, at: 60, alcohol: "yes"),
            try story.retraction(1, revision: 2),
        ].prefix(count + 1)
        let lost = try await bench(Array(facts))
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost) { Array($0.dropLast()) }
        for record in facts { try await rebuilt.apply([record]) }
        let result = try await rebuilt.settle()
        #expect(result.saidAgain == 1 && result.skipped == 0)
        let last = try #require(try await rebuilt.said(of: story.screening(1)).last)
        #expect(last.revision == count + 1)
        #expect(last.type == (count == 1 ? "outcome.scored" : "outcome.retracted"))
        if count == 1 { #expect(try last.outcome().cause == .restored) }
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
    }

    @Test("one outcome at which something fails stays unsettled and keeps none of the others from it")
    func oneFails() async throws {
        let facts =
            [try CourseStory.instrument(1)]
            + (try (1...5).map { try story.form($0, at: 60 * $0, alcohol: $0 == 3 ? "yes" : "no") })
        let lost = try await bench(facts)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        for record in facts { try await rebuilt.apply([record]) }
        let third = story.screening(3)
        try await rebuilt.store.write {
            _ = try $0.execute("UPDATE scored SET content = '{}' WHERE screening = ?", .uuid(third.uuid))
        }
        let result = try await rebuilt.settle()
        #expect(result.settled == 4 && result.skipped == 1)
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 1)
    }

    @Test("nothing is settled nor counted from above while forms are scored again")
    func waitsForReRun() async throws {
        let facts = [try CourseStory.instrument(1), try story.form(1, at: 60, alcohol: "no")]
        let lost = try await bench(facts)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        try await rebuilt.begin(epoch: 2, outcomesBegan: 0)
        for record in facts + [try CourseStory.instrument(2)] { try await rebuilt.apply([record]) }
        #expect(try await rebuilt.settle() == SettlingSlice.Result())
        try await rebuilt.finishReRuns()
        #expect(try await rebuilt.settle().settled == 1)
    }

    /// What the lost store had not read of a form.
    enum News: String, CaseIterable {
        case retraction, retractionThatNamesTheForm, amendment
    }

    @Test("news of a form that has not come back is said above what readers hold", arguments: News.allCases)
    func news(_ news: News) async throws {
        let first = try story.form(1, at: 60, alcohol: "yes")
        let second =
            switch news {
            case .retraction: try story.retraction(1, revision: 2, on: "2026-10-14T10:00:00Z")
            case .retractionThatNamesTheForm: try story.retraction(1, revision: 2, of: first)
            case .amendment: try story.form(1, at: 60, alcohol: "no", revision: 2, on: "2026-10-14T10:00:00Z")
            }
        let lost = try await bench([CourseStory.instrument(1), first])
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        for record in [try CourseStory.instrument(1), second] { try await rebuilt.apply([record]) }
        _ = try await rebuilt.settle()
        let expected = news == .amendment ? "none" : "retracted"
        let said = try await rebuilt.said(of: story.screening(1))
        #expect(said.map(\.revision) == [1, 2])
        #expect(try shown(said) == expected)
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        let held = try await lost.said(of: story.screening(1)).last.map { EventID($0.id) }
        let last = try #require(said.last)
        #expect(try EventCodec.decode(part: CommonMembers.self, from: last.value).replaces == held)
        // The first revision comes after all, as from intake's journal.
        try await rebuilt.apply([first])
        _ = try await rebuilt.settle()
        #expect(try shown(try await rebuilt.said(of: story.screening(1))) == expected)
    }

    @Test("a retraction that settling said is settled after the next loss too")
    func retractionSaidTwice() async throws {
        let facts = [
            try CourseStory.instrument(1), try story.form(1, at: 60, alcohol: "yes"), try CourseStory.instrument(2),
        ]
        let lost = try await bench(facts)
        try await lost.finishReRuns()
        let again = try await CourseBench()
        try await again.takeBack(from: lost)
        // The first lost store had not read the retraction, and had scored again before it.
        let all = facts + [try story.retraction(1, revision: 2)]
        for record in all { try await again.apply([record]) }
        try await again.finishReRuns()
        #expect(try await again.settle().saidAgain == 1)
        let third = try await CourseBench()
        try await third.takeBack(from: again)
        for record in facts { try await third.apply([record]) }
        try await third.finishReRuns()
        #expect(try await third.settle().saidAgain == 0)
        #expect(try await third.counts()["outcomes.unsettled"] == 1)
        try await third.apply([all[all.count - 1]])
        #expect(try await third.settle().settled == 1)
        #expect(try await third.counts()["outcomes.unsettled"] == 0)
        #expect(try shown(try await third.said(of: story.screening(1))) == "retracted")
    }

    @Test(
        "what was said again where the topic had lost the outcomes waits for its facts after the next loss",
        arguments: Half.allCases, [false, true])
    func halfAfterTwo(_ half: Half, missingFirst: Bool) async throws {
        let (before, missing) = try half.facts(story)
        let instrument = try CourseStory.instrument(1)
        let lost = try await CourseBench()
        try await lost.begin(epoch: 2, outcomesBegan: 9)
        for record in [instrument] + (missingFirst ? [missing] + before : before + [missing]) {
            try await lost.apply([record])
        }
        #expect(try await lost.settle().saidAgain > 0)
        let second = story.screening(2)
        let held = try await lost.said(of: second)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        for record in [instrument] + before { try await rebuilt.apply([record]) }
        _ = try await rebuilt.settle()
        #expect(try shown(try await rebuilt.said(of: second)) == shown(held), "\(half)")
        try await rebuilt.apply([missing])
        _ = try await rebuilt.settle()
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        #expect(try await rebuilt.state() == lost.state())
        #expect(try shown(try await rebuilt.said(of: second)) == shown(held), "\(half)")
    }
}
