import Events
import Kafka
import Support
import Testing

@testable import Scoring

/// The way back from a loss beyond the topic's retention, as an operator goes it.
@Suite("Scoring, lost after its topic's beginning", .serialized)
struct LateStartTests {
    @Test("refuses and names the commands, comes back by them as it was, and publishes nothing again")
    func overfilled() async throws {
        let broker = try TestBroker.mock()
        try await LateStart(on: broker).happens { try await overfill(broker, leaving: $0) }
    }

    /// The mock keeps 5 MiB a partition as they came, which is compressed. One record of each comes again with a header
    /// of noise until what was before it is gone, then what is to be left; all are known by their ids.
    private func overfill(_ broker: TestBroker, leaving left: [Int32: ArraySlice<OutgoingRecord>]) async throws {
        var random = SeededGenerator(seed: 5)
        let noise = Header(name: "noise", value: (0..<500_000).map { _ in UInt8.random(in: 0...255, using: &random) })
        for records in left.values {
            let first = try #require(records.first)
            let noisy = OutgoingRecord(
                topic: first.topic, key: first.key, value: first.value, headers: first.headers + [noise])
            try await broker.publish(Array(repeating: noisy, count: 12) + records)
        }
    }
}
