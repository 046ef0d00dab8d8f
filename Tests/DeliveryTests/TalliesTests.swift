import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Telemetry
import Testing

@testable import Delivery

/// Delivery's numbers of rows through everything that adds or takes rows.
@Suite("Delivery's numbers of rows")
struct TalliesTests {
    private static let children = (1...3).map { ChildID(UUID(high: 7, low: $0, version: 4)) }
    private static let names = TopicNames(prefix: "")
    private static let awaited = AwaitedSubject("instrument:X:1")

    /// A store, what is done to it, and what came before, so that it may come again.
    private struct Walk {
        let bench: Bench
        let commands: ParkedCommands
        let takingBack: TakingBack
        var random: SeededGenerator
        var log = LogOfOnePartition(.agreements)
        var said = LogOfOnePartition(.referrals)
        var ids: [UUID] = []

        init(seed: UInt64) async throws {
            bench = try await Bench { event, _ in
                switch event.envelope.subject {
                case "bad": .refuse(reason: "test")
                case "early": .tooEarly(awaiting: TalliesTests.awaited)
                default:
                    .done(
                        changes: [event.envelope.subject],
                        says: [
                            Saying(
                                type: .referralRequested, subject: event.envelope.id.text,
                                key: event.envelope.partitionKey, child: event.child, revision: 1, value: [])
                        ])
                }
            }
            let store = bench.temporary.store
            commands = ParkedCommands(store: store, names: TalliesTests.names, time: .system, operatorName: "test")
            let silent = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
            let consumer = try KafkaConsumer(
                settings: KafkaSettings(bootstrapServers: "127.0.0.1:1"), group: "test", logger: silent,
                metrics: MetricsRegistry())
            takingBack = TakingBack(
                service: .referralRouter, names: TalliesTests.names, consumer: consumer,
                patience: PatientWrites(store: store, limits: DeliveryLimits(), logger: silent),
                limits: DeliveryLimits(), logger: silent, takeBack: { _, _ in })
            random = SeededGenerator(seed: seed)
        }

        /// An id, now and then one that was used before.
        private mutating func id() -> UUID {
            let known = Int.random(in: 0..<4, using: &random) == 0 ? ids.randomElement(using: &random) : nil
            let id = known ?? UUID(high: random.next(), low: random.next(), version: 8)
            ids.append(id)
            return id
        }

        private mutating func child() -> ChildID { children.randomElement(using: &random)! }

        private mutating func parked() async throws -> Int64? {
            let all = try await bench.temporary.store.read { try $0.all("SELECT seq FROM parked") { $0.integer(0) } }
            return all.randomElement(using: &random)
        }

        mutating func step() async throws -> String {
            let store = bench.temporary.store
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<5:
                let subject = ["bad", "early", "a", "b", "c"].randomElement(using: &random)!
                let revision = Int.random(in: 1...3, using: &random)
                try await bench.apply([log.record(child: child(), subject: subject, id: id(), revision: revision)])
                return "apply \(subject)"
            case 5, 6:
                if let seq = try await parked() { _ = try await commands.makeReady(seq) }
                try await bench.redriveReady()
                return "redrive"
            case 7:
                if let seq = try await parked() { _ = try await commands.discard(seq, reason: "test") }
                return "discard"
            case 8:
                try await store.write { try ParkedRecords.release(TalliesTests.awaited, in: $0) }
                return "release"
            case 9:
                let later = Timestamp(milliseconds: Bench.now.milliseconds + 500 * 86_400_000)
                _ = try await InboxRetention(store: store, limits: DeliveryLimits(), time: TimeSource { later })
                    .forget(after: [])
                return "forget"
            case 10:
                let record = said.record(
                    child: child(), subject: "r\(ids.count)", id: id(), type: .referralRequested, by: .referralRouter)
                let takingBack = self.takingBack
                _ = try await store.write { try takingBack.restore([record], in: $0) }
                return "take back"
            default:
                let child = child().uuid
                try await store.write { _ = try Erasure(DeliveryTables.rules).erase(child: child, in: $0) }
                return "erase"
            }
        }
    }

    /// Every part's numbers, kept and counted.
    private static func numbers(_ scope: ReadScope) throws -> (kept: [String], counted: [String]) {
        let inbox = try scope.count("SELECT count(*) FROM inbox")
        let outbox = try scope.all("SELECT type, count(*) FROM outbox GROUP BY type ORDER BY type") {
            "\($0.text(0)) \($0.int(1))"
        }
        return (
            ["records \(try scope.tally("inbox", "records"))"]
                + (try scope.tallies(of: "outbox").map { "\($0.name) \($0.rows)" }),
            ["records \(inbox)"] + outbox
        )
    }

    @Test(
        "are those of the rows after any walk over applying, parking, redriving, discarding, forgetting, and the rest",
        arguments: [UInt64.random(in: 0..<1_000_000), 1, 2])
    func walk(seed: UInt64) async throws {
        var walk = try await Walk(seed: seed)
        var done: [String] = []
        for _ in 0..<300 {
            done.append(try await walk.step())
            let (kept, counted) = try await walk.bench.temporary.store.read { try Self.numbers($0) }
            #expect(kept == counted, "seed \(seed), after \(done.suffix(3))")
            guard kept == counted else { return }
        }
        #expect(Set(done.map { $0.split(separator: " ")[0] }).count == 7, "seed \(seed): every kind of step was taken")
    }
}
