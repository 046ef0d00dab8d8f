internal import Kafka
internal import Runtime

/// Leaves a mark of ours with the broker at once, instead of with the worker's next renewal: whoever else reads as this
/// service sees the higher epoch within its interval and stops.
struct Fence: Sendable {
    let consumer: KafkaConsumer
    let timeout: Duration
    /// Looks, each at least a poll's slice apart, until the broker shows the mark.
    private static let looksMax = 50

    /// - Parameter next: the partitions that the mark stands on.
    /// - Returns: false when the broker didn't show the mark in time; trying again does no harm.
    func leave(_ witness: Witness, at next: [TopicPartition: Int64]) async throws -> Bool {
        await consumer.commit(next, metadata: witness.text)
        for _ in 0..<Self.looksMax {
            let now = try await consumer.committed(Array(next.keys), timeout: timeout)
            if next.keys.allSatisfy({ now[$0]?.metadata == witness.text }) { return true }
            // Polling is what serves the commit's answer; nothing is assigned that could come.
            _ = try await consumer.poll(recordsMax: 1, bytesMax: 1, bytesMin: 0, linger: .zero)
        }
        return false
    }
}
