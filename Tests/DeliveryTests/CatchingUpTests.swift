import Events
import Kafka
import Runtime
import Support
import Synchronization
import Telemetry
import Testing

@testable import Delivery

@Suite("Catching up")
struct CatchingUpTests {
    private let now = ContinuousClock.now
    private let place = TopicPartition(topic: "t", partition: 0)

    @Test("tells which half is read and how far, and nothing before, between and after")
    func halves() {
        let catchingUp = CatchingUp()
        #expect(catchingUp.text(at: now) == nil && !catchingUp.hasBegun && !catchingUp.isOver)
        catchingUp.beginTakingBack(from: [place: 0], to: [place: 3], at: now)
        #expect(catchingUp.text(at: now) == "taking back what was said: 0 of 3 records")
        #expect(!catchingUp.hasBegun)
        _ = catchingUp.read([place: 3], at: now)
        #expect(catchingUp.text(at: now) == nil && !catchingUp.isOver)
        catchingUp.begin(from: [place: 10], to: [place: 14], at: now)
        #expect(catchingUp.text(at: now) == "reading: 0 of 4 records" && catchingUp.hasBegun)
        _ = catchingUp.read([place: 12], at: now + .seconds(4))
        #expect(catchingUp.text(at: now + .seconds(4)) == "reading: 2 of 4 records, about 4 s left")
        _ = catchingUp.read([place: 14], at: now)
        #expect(catchingUp.isAtEnds && !catchingUp.isOver)
        #expect(catchingUp.finish() == 4 && catchingUp.isOver)
        #expect(catchingUp.text(at: now) == nil)
    }

    @Test("is shown each part of what is taken back")
    func takingBack() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let outcome = OutgoingRecord(topic: Topic.outcomes.name(), key: [1], value: [])
        try await TopicTraffic.publish([outcome, outcome, outcome], to: cluster.bootstrapServers)
        let silent = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        var limits = DeliveryLimits()
        limits.batchRecordsMax = 1
        let temporary = try await TemporaryStore(migrations: DeliveryTables.migrations)
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: cluster.bootstrapServers), group: "test", logger: silent,
            metrics: MetricsRegistry())
        let takingBack = TakingBack(
            service: .scoring, names: TopicNames(prefix: ""), consumer: consumer,
            patience: PatientWrites(store: temporary.store, limits: limits, logger: silent), limits: limits,
            logger: silent, takeBack: { _, _ in })
        let catchingUp = CatchingUp()
        var seen: [String] = []
        let takenBack = try await takingBack.run(showing: catchingUp, until: StopSignal()) {
            if let text = catchingUp.text(at: .now), let counts = text.split(separator: ",").first {
                if seen.last != String(counts) { seen.append(String(counts)) }
            }
        }
        #expect(takenBack?.events == 0, "none was an event of the service")
        #expect(seen.suffix(2) == (1...2).map { "taking back what was said: \($0) of 3 records" })
        #expect(catchingUp.text(at: .now) == nil)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }
}
