import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Scoring

/// The same facts lead to the same outcomes, however they come.
@Suite("Random courses")
struct CoursePropertyTests {
    typealias Fact = (fact: CourseHistory.Fact, record: OutgoingRecord)

    /// Topics and children in any interleaving, each child's records in their order.
    static func interleaved(_ history: CourseHistory, _ random: inout SeededGenerator) -> [Fact] {
        var rest = history.logs.map { $0[...] }
        var all: [Fact] = []
        while let log = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &random) {
            all.append(rest[log].removeFirst())
        }
        return all
    }

    /// Applies facts in batches of random sizes, with slices of re-runs in between, to the end.
    static func bench(_ facts: [Fact], _ random: inout SeededGenerator) async throws -> CourseBench {
        let bench = try await CourseBench()
        var rest = facts[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Int.random(in: 1...6, using: &random))
            rest = rest.dropFirst(batch.count)
            try await bench.apply(batch.map(\.record))
            for _ in 0..<Int.random(in: 0...2, using: &random) { _ = try await bench.reRun.turn() }
        }
        try await bench.finishReRuns()
        return bench
    }

    @Test("come to what the facts say, in any interleaving of the topics", arguments: 0..<60 as Range<UInt64>)
    func anyInterleaving(seed: UInt64) async throws {
        let history = try CourseHistory(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        let bench = try await Self.bench(Self.interleaved(history, &random), &random)
        try await Self.check(bench, history, seed)
        let again = try await Self.bench(Self.interleaved(history, &random), &random)
        #expect(try await again.state() == bench.state(), "seed \(seed)")
    }

    @Test("come to it in any order whatever: retractions before their forms too", arguments: 60..<100 as Range<UInt64>)
    func anyOrder(seed: UInt64) async throws {
        let history = try CourseHistory(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        let bench = try await Self.bench(history.logs.flatMap { $0 }.shuffled(using: &random), &random)
        try await Self.check(bench, history, seed)
    }

    @Test(
        "come to it up to a form that can't be scored, behind which the child's records wait",
        arguments: 104..<130 as Range<UInt64>)
    func stopped(seed: UInt64) async throws {
        let history = try CourseHistory(seed: seed, stops: true)
        var random = SeededGenerator(seed: seed &+ 1)
        let bench = try await Self.bench(Self.interleaved(history, &random), &random)
        try await Self.check(bench, history, seed)
        let parked = try await bench.store.read { try $0.count("SELECT count(*) FROM parked") }
        #expect(parked == history.stopped, "seed \(seed)")
        #expect(try await ReplayTests.replay(bench.store).exitCode == 0, "seed \(seed)")
    }

    @Test("say nothing more when everything comes again", arguments: 100..<104 as Range<UInt64>)
    func everythingTwice(seed: UInt64) async throws {
        let history = try CourseHistory(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        let facts = Self.interleaved(history, &random)
        let bench = try await Self.bench(facts, &random)
        let (state, said) = (try await bench.state(), try await bench.said().count)
        try await bench.apply(facts.map(\.record))
        try await bench.finishReRuns()
        #expect(try await bench.state() == state, "seed \(seed)")
        #expect(try await bench.said().count == said, "seed \(seed)")
    }

    /// Holds what stands and what was said against the oracle.
    static func check(_ bench: CourseBench, _ history: CourseHistory, _ seed: UInt64) async throws {
        let oracle = CourseOracle(history)
        let contents = try await bench.contents()
        let found = contents.mapValues { CourseOracle.Expected($0.content) }
        #expect(found == oracle.expected.mapValues { $0 }, "seed \(seed)")
        let counts = try await bench.counts()
        #expect(counts["forms.waiting"] == 0 && counts["re-runs.open"] == 0, "seed \(seed)")
        #expect(counts["forms.retracted"] == oracle.retracted.count, "seed \(seed)")
        #expect(counts["forms.re-run"] == oracle.foreign, "seed \(seed)")
        let said = try await bench.said()
        try checkSaid(said, contents, oracle, seed)
        try checkCauses(said, seed)
    }

    /// One record has a screening said once. Without a record are those of which a version's claim has it said again:
    /// each claim once by its re-run, and once with each form of the screening that comes later.
    private static func checkCauses(_ said: [CourseBench.Said], _ seed: UInt64) throws {
        for (screening, said) in Dictionary(grouping: said.filter { $0.type == "outcome.scored" }, by: \.screening) {
            let forms = try said.count { [.answered, .amended].contains(try $0.outcome().cause) }
            for (causation, together) in Dictionary(grouping: said, by: \.causation) {
                let causes = try together.map { try $0.outcome().cause }
                if causation == nil {
                    #expect(causes.allSatisfy { [.reRun, .course].contains($0) }, "seed \(seed): \(screening)")
                    #expect(
                        causes.count { $0 == .reRun } <= forms + CourseInstruments.claims.count,
                        "seed \(seed): \(screening)")
                } else {
                    #expect(causes.count == 1 && causes[0] != .reRun, "seed \(seed): \(screening)")
                }
            }
        }
    }

    /// Revisions of both types are one sequence without gaps, and the last says what stands.
    private static func checkSaid(
        _ said: [CourseBench.Said], _ contents: [ScreeningID: (content: OutcomeContent, digest: [UInt8])],
        _ oracle: CourseOracle, _ seed: UInt64
    ) throws {
        let bySubject = Dictionary(grouping: said, by: \.screening)
        for (screening, standing) in contents {
            let last = try #require(bySubject[screening.text]?.last)
            #expect(try last.digest() == standing.digest, "seed \(seed)")
        }
        for (screening, said) in bySubject {
            #expect(said.map(\.revision) == Array(1...said.count), "seed \(seed): \(screening)")
            let replaced = try said.map { try EventCodec.part(CommonMembers.self, from: $0.value).replaces?.uuid }
            #expect(replaced == [nil] + said.dropLast().map(\.id), "seed \(seed): \(screening)")
            let isRetracted = said.last?.type == EventType.outcomeRetracted.name
            #expect(ScreeningID(screening).map(oracle.retracted.contains) == isRetracted, "seed \(seed)")
        }
    }
}
