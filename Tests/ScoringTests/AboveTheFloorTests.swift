import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Scoring

/// Where the topic has lost what an earlier store said: it is known what others hold, or it is said above that.
@Suite("Outcomes that nothing tells of any more")
struct AboveTheFloorTests {
    let story = CourseStory()

    /// A store that comes to these facts, of whose predecessor's outcomes nothing is left.
    private func rebuilt(_ facts: [OutgoingRecord], outcomesBegan: Int64 = 9) async throws -> CourseBench {
        let bench = try await CourseBench()
        try await bench.begin(epoch: 2, outcomesBegan: outcomesBegan)
        try await bench.apply([CourseStory.instrument(1)])
        for fact in facts { try await bench.apply([fact]) }
        return bench
    }

    private func last(_ bench: CourseBench, _ number: Int) async throws -> CourseBench.Said? {
        try await bench.said(of: story.screening(number)).last
    }

    @Test("an amendment that came before its form is said above what readers hold of both")
    func amendmentFirst() async throws {
        let facts = [
            try story.form(1, at: 60, alcohol: "no", revision: 2), try story.form(1, at: 60, alcohol: "yes"),
        ]
        let bench = try await rebuilt(facts)
        #expect(try await bench.settle().saidAgain == 1)
        let last = try #require(try await last(bench, 1))
        #expect(try last.revision == 1001 && last.outcome().factors[0].result == .noOutcome)
        #expect(try last.outcome().cause == .restored)
    }

    @Test("a retraction that came before its form is said, since readers may still show the outcome")
    func retractionFirst() async throws {
        let facts = [try story.retraction(1, revision: 2), try story.form(1, at: 60, alcohol: "yes")]
        let bench = try await rebuilt(facts)
        #expect(try await bench.said().isEmpty)
        #expect(try await bench.settle().saidAgain == 1)
        let last = try #require(try await last(bench, 1))
        #expect(last.type == "outcome.retracted" && last.revision == 1001)
        // When the form comes again, it is said above its retraction.
        try await bench.apply([story.form(1, at: 60, alcohol: "yes", revision: 3)])
        #expect(try await self.last(bench, 1)?.revision == 1002)
    }

    @Test("what comes from the writer's journal later counts from the floor, and a form given since then from 1")
    func afterwards() async throws {
        let bench = try await rebuilt([])
        #expect(try await bench.settle().saidAgain == 0)
        try await bench.apply([
            story.form(1, at: 60, alcohol: "no", revision: 2), story.retraction(2, revision: 2),
            story.form(3, at: 90, alcohol: "yes"), story.form(4, at: 300, alcohol: "yes", on: "2026-10-12T10:00:00Z"),
        ])
        #expect(try await last(bench, 1)?.revision == 1001)
        let retracted = try await last(bench, 2)
        #expect(retracted?.type == "outcome.retracted" && retracted?.revision == 1001)
        #expect(try await last(bench, 3)?.revision == 1001)
        #expect(try await last(bench, 4)?.revision == 1)
    }

    @Test("nothing is said again where the topic is whole")
    func whole() async throws {
        let facts = [try story.form(1, at: 60, alcohol: "yes"), try story.retraction(2, revision: 2)]
        let bench = try await rebuilt(facts, outcomesBegan: 0)
        #expect(try await bench.settle().saidAgain == 0)
        #expect(try await bench.said().map(\.revision) == [1])
        try await bench.apply([story.form(3, at: 90, alcohol: "yes")])
        #expect(try await last(bench, 3)?.revision == 1)
    }

    @Test("what the topic tells of is settled, and only the rest is said above the floor, once", arguments: [0, 1, 2])
    func rest(turns: Int) async throws {
        let known = [try story.form(1, at: 60, alcohol: "yes"), try story.form(2, at: 90, alcohol: "no")]
        let lost = try await CourseBench()
        try await lost.apply([CourseStory.instrument(1)] + known)
        let rest = try (3...9).map { try story.form($0, at: 60 * $0, alcohol: "no") }
        let bench = try await CourseBench()
        try await bench.takeBack(from: lost)
        try await bench.begin(epoch: 2, outcomesBegan: 9)
        for fact in [try CourseStory.instrument(1)] + known + rest { try await bench.apply([fact]) }
        // Ended on the way, the pass is begun again.
        var place = SettlingSlice.Place()
        for _ in 0..<turns { place = try await bench.settling().turn(from: place)?.next ?? place }
        _ = try await bench.settle()
        let above = try await bench.said().filter { $0.revision > 1000 }
        #expect(above.map(\.revision) == Array(repeating: 1001, count: 7))
        #expect(Set(above.map(\.screening)) == Set((3...9).map { story.screening($0).text }))
        #expect(try await bench.counts()["outcomes.unsettled"] == 0)
    }

    @Test("a loss is answered once: an epoch raised for another reason says nothing again")
    func answeredOnce() async throws {
        let bench = try await rebuilt([story.form(1, at: 60, alcohol: "yes"), story.retraction(2, revision: 2)])
        #expect(try await bench.settle().saidAgain == 2)
        // As a move to another machine does.
        try await bench.store.write { _ = try $0.execute("UPDATE identity SET epoch = 3") }
        #expect(try await bench.settle().saidAgain == 0)
        #expect(try await bench.said().map(\.revision).max() == 1001)
        // What an earlier store can have said of this one is as unknown as before.
        try await bench.apply([story.form(3, at: 90, alcohol: "yes")])
        #expect(try await last(bench, 3)?.revision == 2001)
    }

    @Test("a retraction that comes twice leaves the revision that was said of the first")
    func retractedTwice() async throws {
        let facts = [try story.form(1, at: 60, alcohol: "yes"), try story.retraction(1, revision: 2)]
        let bench = try await rebuilt(facts, outcomesBegan: 0)
        _ = try await bench.settle()
        try await bench.apply([story.retraction(1, revision: 3)])
        #expect(try await last(bench, 1)?.revision == 2)
        let screening = story.screening(1)
        let kept = try await bench.store.read { try RetractedTable.find(screening, in: $0) }
        #expect(kept?.outcomeRevision == 2 && kept?.formRevision == 3)
        // What is said next is above the floor all the same.
        try await bench.apply([story.form(1, at: 60, alcohol: "yes", revision: 4)])
        #expect(try await last(bench, 1)?.revision == 1001)
    }

    @Test("what comes while outcomes are said again is above what readers hold as well", arguments: 0...5)
    func meanwhile(turns: Int) async throws {
        let bench = try await rebuilt(try (1...4).map { try story.form($0, at: 60 * $0, alcohol: "no") })
        try await bench.apply([story.retraction(4, revision: 2)])
        let settling = bench.settling()
        var place = SettlingSlice.Place()
        for _ in 0..<turns { place = try await settling.turn(from: place)?.next ?? place }
        try await bench.apply([story.retraction(1, revision: 2), story.form(5, at: 400, alcohol: "yes")])
        for _ in 0..<9 { place = try await settling.turn(from: place)?.next ?? place }
        for number in 1...5 { #expect(try await last(bench, number)?.revision ?? 0 > 1000, "\(number)") }
        #expect(try await last(bench, 1)?.type == "outcome.retracted")
    }
}
