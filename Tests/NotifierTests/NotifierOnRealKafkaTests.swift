import Delivery
import Events
import Runtime
import Support
import Testing
import Trials

@testable import Notifier

/// What the mock can't show: topics made anew, partitions added, and a broker that keeps its log on disk.
@Suite(
    "The notifier on a real Kafka", .serialized,
    .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)), .sharedKafka)
struct NotifierOnRealKafkaTests {
    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: NotifierCrashTests.points)
    func killedAt(point: String) async throws {
        let uninterrupted = try await NotifierCrashTests.uninterrupted.value
        let faults = NotifierCrashTests.twice(point)
        #expect(try await NotifierCrashTests.run(faults: faults, on: SharedKafka.broker()) == uninterrupted)
    }

    @Test("stops with one line, and goes on when an operator has decided", arguments: LogTrial.allCases)
    func stops(trial: LogTrial) async throws {
        let broker = try SharedKafka.broker()
        let receiver = try ScriptedServer { _, connection in connection.answer("204 No Content") }
        let notifier = try NotifierProcess(
            bootstrapServers: broker.servers, prefix: broker.prefix, recipient: Story(1).recipient, url: receiver.url)
        func referrals(_ numbers: ClosedRange<UInt64>) throws -> [Story.Record] {
            try numbers.flatMap { [try Story($0).given(), try Story($0).requested()] }
        }
        let batches = [
            [try Story.unitChanged(), try Story(1).recipientChanged()] + (try referrals(1...10)),
            try referrals(11...40),
        ]
        try await trial.happens(
            to: TriedService(
                notifier.service, .notifier, on: broker, topic: .consents, batches: batches.map { $0.map(\.outgoing) },
                remembered: ["attempts.made"]
            ) { count, counts in
                let told = count == 1 ? 10 : 40
                return counts["deliveries.delivered"] == told && counts["said.notification.delivered"] == told
            })
        // Whatever happened to the store: what was told once is known as told.
        let told = Dictionary(grouping: receiver.received) { $0.header("webhook-id") ?? "" }
        #expect(told.values.allSatisfy { $0.count == 1 })
    }
}
