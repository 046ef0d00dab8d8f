import Events
import Support
import Testing

@testable import Delivery
@testable import Reporting

/// Order holds per topic and key, and nowhere else: the state must be the same whatever the order.
@Suite("Interleavings")
struct InterleavingTests {
    @Test(
        "topics in any interleaving, one after the other too, leave the same state", arguments: 0..<12 as Range<UInt64>)
    func interleaved(seed: UInt64) async throws {
        let history = try History(seed: seed, children: 60, takingBack: true)
        let expected = try await Self.state(after: history.records)
        #expect(expected.reading.tally.counts.count > 3, "seed \(seed): the history says something")
        var random = SeededGenerator(seed: seed)
        let topics = Set(history.records.map(\.topic)).shuffled(using: &random)
        let oneAfterTheOther = topics.flatMap { topic in history.records.filter { $0.topic == topic } }
        let read = try await Self.state(after: oneAfterTheOther)
        #expect(read == expected, "seed \(seed), topics \(topics)")
        let merged = try await Self.state(after: Self.merge(history.records, by: \.topic, &random))
        #expect(merged == expected, "seed \(seed)")
    }

    @Test("parked records that come late change nothing of the end", arguments: 0..<6 as Range<UInt64>)
    func shuffled(seed: UInt64) async throws {
        let history = try History(seed: seed, children: 60, takingBack: true)
        let expected = try await Self.state(after: history.records)
        var random = SeededGenerator(seed: seed)
        #expect(try await Self.state(after: history.records.shuffled(using: &random)) == expected, "seed \(seed)")
    }

    @Test("everything twice counts once", arguments: 20..<24 as Range<UInt64>)
    func twice(seed: UInt64) async throws {
        let history = try History(seed: seed, children: 40, takingBack: true)
        let expected = try await Self.state(after: history.records)
        let bench = try await ReportingBench()
        try await bench.apply(history.records)
        let tally = try await bench.apply(history.records)
        #expect(tally.done == 0)
        #expect(try await State(reading: bench.reading(), counts: bench.counts()) == expected, "seed \(seed)")
    }

    struct State: Equatable {
        let reading: ReleaseReading.Reading
        let counts: [String: Int]
    }

    static func state(after records: [SaidRecord]) async throws -> State {
        let bench = try await ReportingBench()
        let tally = try await bench.apply(records)
        #expect(tally.parked.isEmpty)
        return try await State(reading: bench.reading(), counts: bench.counts())
    }

    /// Draws from the parts at random, keeping the order within each.
    static func merge<Key: Hashable>(
        _ records: [SaidRecord], by key: (SaidRecord) -> Key, _ random: inout SeededGenerator
    ) -> [SaidRecord] {
        var parts = Dictionary(grouping: records, by: key).values.map { $0[...] }
        var merged: [SaidRecord] = []
        while !parts.isEmpty {
            let index = Int.random(in: 0..<parts.count, using: &random)
            merged.append(parts[index].removeFirst())
            if parts[index].isEmpty { parts.remove(at: index) }
        }
        return merged
    }
}
