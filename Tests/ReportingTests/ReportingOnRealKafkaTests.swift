import Delivery
import Events
import Runtime
import Support
import Testing
import Trials

/// What the mock can't show: topics made anew, partitions added, and a broker that keeps its log on disk.
@Suite(
    "Reporting on a real Kafka", .serialized,
    .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)), .sharedKafka)
struct ReportingOnRealKafkaTests {
    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await ReportingCrashTests.uninterrupted.value
        let interrupted = try await ReportingCrashTests.run(faults: [point, point], on: SharedKafka.broker())
        #expect(interrupted == uninterrupted, "seed \(ReportingCrashTests.seed)")
    }

    @Test("stops with one line, and goes on when an operator has decided", arguments: LogTrial.allCases)
    func stops(trial: LogTrial) async throws {
        let broker = try SharedKafka.broker()
        let history = try History(seed: ReportingCrashTests.seed, children: 40).records
        let batches = [Array(history.prefix(history.count / 4)), Array(history.dropFirst(history.count / 4))]
        let reporting = try ReportingOnCluster(broker.servers, prefix: broker.prefix)
        try await trial.happens(
            to: TriedService(
                reporting.service, .reporting, on: broker, topic: .screenings,
                batches: batches.map { $0.map(\.outgoing) }
            ) { _, _ in true })
    }
}
