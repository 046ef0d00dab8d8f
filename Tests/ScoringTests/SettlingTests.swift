import Events
import Foundation
import Runtime
import Store
import Support
import Telemetry
import Testing

@testable import Delivery
@testable import Scoring

/// A store that was lost comes to the same outcomes, and whoever reads the topic holds what it holds.
@Suite("What had been said before a loss")
struct SettlingTests {
    /// What a reader of the topic holds in the end: the highest revision of each screening, the first that came of it.
    private func held(_ said: [CourseBench.Said]) throws -> [ScreeningID: [UInt8]?] {
        var highest: [ScreeningID: CourseBench.Said] = [:]
        for one in said {
            let screening = try #require(ScreeningID(one.screening))
            if one.revision > highest[screening]?.revision ?? 0 { highest[screening] = one }
        }
        return try highest.mapValues { try $0.digest() }
    }

    @Test("agrees with what readers hold, whatever came first in the rebuilding", arguments: 200..<240 as Range<UInt64>)
    func rebuilt(seed: UInt64) async throws {
        let history = try CourseHistory(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        let lost = try await CoursePropertyTests.bench(CoursePropertyTests.interleaved(history, &random), &random)
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        let before = try await rebuilt.said().count
        for fact in CoursePropertyTests.interleaved(history, &random) { try await rebuilt.apply([fact.record]) }
        try await rebuilt.finishReRuns()
        _ = try await rebuilt.settle()

        #expect(try await rebuilt.state() == lost.state(), "seed \(seed)")
        let said = try await rebuilt.said()
        #expect(said.count >= before)
        let contents = try await rebuilt.contents()
        for (screening, digest) in try held(said) {
            #expect(contents[screening]?.digest == digest, "seed \(seed): \(screening)")
        }
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0, "seed \(seed)")
        // Nothing that follows may be taken for an old revision.
        let revisions = try await rebuilt.store.read { scope in
            try scope.all(
                """
                SELECT screening, outcome_revision FROM scored
                UNION ALL SELECT screening, outcome_revision FROM retracted
                """
            ) { (ScreeningID(try $0.uuid(0)).text, $0.int(1)) }
        }
        let standing = Dictionary(revisions) { first, _ in first }
        for one in said { #expect(standing[one.screening, default: 0] >= one.revision, "seed \(seed)") }
    }

    @Test("says nothing again when the rebuilding went as it had gone")
    func samePath() async throws {
        let history = try CourseHistory(seed: 7)
        var random = SeededGenerator(seed: 8)
        let facts = CoursePropertyTests.interleaved(history, &random)
        let lost = try await CourseBench()
        for fact in facts { try await lost.apply([fact.record]) }
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        let before = try await rebuilt.said().count
        for fact in facts { try await rebuilt.apply([fact.record]) }
        #expect(try await rebuilt.settle().saidAgain == 0)
        #expect(try await rebuilt.said().count == before)
        #expect(try await rebuilt.state() == lost.state())
    }

    @Test("keeps what was said of a form that has not come back, and settles it when it has")
    func formBeyondRetention() async throws {
        let history = try CourseHistory(seed: 11)
        let facts = history.logs.flatMap { $0 }
        let lost = try await CourseBench()
        for fact in facts { try await lost.apply([fact.record]) }
        try await lost.finishReRuns()
        let rebuilt = try await CourseBench()
        try await rebuilt.takeBack(from: lost)
        let screenings = try await rebuilt.counts()["outcomes.unsettled"]
        #expect(screenings ?? 0 > 0)
        #expect(try await rebuilt.settle().saidAgain == 0)
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == screenings)
        for fact in facts { try await rebuilt.apply([fact.record]) }
        try await rebuilt.finishReRuns()
        _ = try await rebuilt.settle()
        #expect(try await rebuilt.counts()["outcomes.unsettled"] == 0)
        #expect(try await rebuilt.state() == lost.state())
    }

    @Test("counts above everything an earlier store can have said, once it has been rebuilt and not before")
    func floor() async throws {
        let history = try CourseHistory(seed: 13)
        let facts = history.logs.flatMap { $0 }
        let rebuilt = try await CourseBench()
        try await rebuilt.store.write { _ = try $0.execute("UPDATE identity SET epoch = 3") }
        for fact in facts { try await rebuilt.apply([fact.record]) }
        try await rebuilt.finishReRuns()
        let before = try await rebuilt.said()
        #expect(before.allSatisfy { $0.revision < 100 }, "as the lost store counted")
        _ = try await rebuilt.settle()
        let known = try #require(
            history.facts.compactMap { fact -> (Event<AnswersSubmitted>, ChildID)? in
                guard case .form(let form, let child) = fact else { return nil }
                return (form, child)
            }.first)
        var common = known.0.common
        common = CommonMembers(
            occurredAt: common.occurredAt, region: common.region, unit: nil, residenceMunicipality: nil,
            actor: common.actor, revision: 50, restricted: false, synthetic: true, registryVersion: "1")
        let retraction = Event(
            common, AnswersRetracted(screening: known.0.body.screening, reason: .wrongRespondent))
        try await rebuilt.apply([
            try IntakeStandIn.record(retraction, child: known.1, trigger: UUID(high: 1, low: 99, version: 7))
        ])
        let last = try #require(try await rebuilt.said(of: known.0.body.screening).last)
        #expect(last.type == EventType.outcomeRetracted.name && last.revision == 2001)
    }
}
