import Delivery
import Events
import Runtime
import Support
import Testing
import Trials

/// What the mock can't show: topics made anew, partitions added, and a broker that keeps its log on disk.
@Suite(
    "Referral router on a real Kafka", .serialized,
    .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)), .sharedKafka)
struct RouterOnRealKafkaTests {
    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await RouterCrashTests.uninterrupted.value
        let interrupted = try await RouterCrashTests.run(faults: [point, point], on: SharedKafka.broker())
        #expect(interrupted == uninterrupted, "seed \(RouterCrashTests.seed)")
    }

    @Test("stops with one line, and goes on when an operator has decided", arguments: LogTrial.allCases)
    func stops(trial: LogTrial) async throws {
        let broker = try SharedKafka.broker()
        let families = [8, 24]
        var batches: [[TestRecord]] = []
        for (batch, count) in families.enumerated() {
            var records: [TestRecord] = []
            for family in 0..<UInt64(count) {
                let number = UInt64(batch) * 1000 + family
                records += try await History.plain(seed: number).interleaving(number)
            }
            batches.append(records)
        }
        let router = try RouterProcess(broker.servers, prefix: broker.prefix)
        try await trial.happens(
            to: TriedService(
                router.service, .referralRouter, on: broker, topic: .agreements,
                batches: batches.map { $0.map(\.outgoing) }, incidental: [.referralHeld]
            ) { count, counts in
                counts["referrals.requested"] == families.prefix(count).reduce(0, +)
            })
    }
}
