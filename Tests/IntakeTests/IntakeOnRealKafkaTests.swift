import Delivery
import Events
import Runtime
import Support
import Testing
import Trials

/// What the mock can't show: topics made anew, partitions added, and a broker that keeps its log on disk.
@Suite(
    "Intake on a real Kafka", .serialized,
    .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)), .sharedKafka)
struct IntakeOnRealKafkaTests {
    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await IntakeCrashTests.uninterrupted.value
        let interrupted = try await IntakeCrashTests.run(faults: [point, point], on: SharedKafka.broker())
        #expect(interrupted == uninterrupted, "seed \(IntakeCrashTests.seed)")
    }

    @Test("stops with one line, and goes on when an operator has decided", arguments: LogTrial.allCases)
    func stops(trial: LogTrial) async throws {
        let broker = try SharedKafka.broker()
        let intake = try IntakeProcess(broker.servers, prefix: broker.prefix)
        try await trial.happens(
            to: TriedService(
                intake.service, .intake, on: broker, topic: .outcomes,
                batches: [IntakeProcess.outcomes(20, seed: 1), IntakeProcess.outcomes(60, seed: 2)],
                people: {
                    for serial in 0..<3 { try await intake.family(serial: serial) }
                }
            ) { count, counts in
                counts["outcomes.known"] == (count == 1 ? 20 : 80)
            })
    }
}
