import Delivery
import Events
import Runtime
import Store
import Support
import Testing

@testable import Reporting

@Suite("Erasing a child")
struct ErasureTests {
    @Test("every table has a rule that fits it")
    func rules() async throws {
        let bench = try await ReportingBench()
        let faults = try await bench.temporary.store.read { try ReportingService.definition.erasure.faults(in: $0) }
        #expect(faults == [])
    }

    @Test("leaves the state of a history without the child", arguments: 30..<34 as Range<UInt64>)
    func erased(seed: UInt64) async throws {
        let history = try History(seed: seed, children: 30).records
        var random = SeededGenerator(seed: seed)
        let child = try #require(history.compactMap(\.child).randomElement(using: &random))
        let bench = try await ReportingBench()
        try await bench.apply(history)
        try await bench.temporary.store.write { transaction in
            _ = try ReportingService.definition.erasure.erase(child: child.uuid, in: transaction)
        }
        let without = try await InterleavingTests.state(after: history.filter { $0.child != child })
        #expect(try await bench.reading().tally == without.reading.tally, "seed \(seed)")
        #expect(try await bench.counts() == without.counts, "seed \(seed)")
    }
}
