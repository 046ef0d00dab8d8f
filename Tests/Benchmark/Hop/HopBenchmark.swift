import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

/// One hop alone, topic to topic and durable, against two loops in C, one that does the same work and one that decides
/// nothing; run alternately in the same minutes, each time on a development broker of its own.
///
/// The first `warmForms` of a run bring both programs up to speed and into the state that is measured; the CPU of the
/// forms after them counts. Nobody asks the service anything meanwhile: the ends of the outcomes' topic tell how far
/// it has come. Both may be ahead of what they have published by one batch when the counting begins, which is at most
/// 3 of 100 of what is counted.
struct HopBenchmark {
    static let warmForms = 10_000

    let forms: Int
    let rounds: Int

    private var published: Int { Self.warmForms + forms }
    /// Six visits each, so that five forms of six have one to be compared with, as in life.
    private var children: Int { max(1, published / 6) }

    /// - Parameter stores: forms that are in the store before the counted ones, for each measurement.
    func run(stores: [Int]) async throws -> [HopReport] {
        var reports: [HopReport] = []
        for formsInStore in stores {
            var report = HopReport(formsInStore: formsInStore, forms: forms)
            for _ in 0..<rounds {
                let rows = max(0, formsInStore - Self.warmForms)
                let cluster = try MockCluster(topics: TopicTraffic.topics)
                let servers = cluster.bootstrapServers
                try await FormMill.publish(published, of: children, to: servers)
                report.scoring.append(try await scoringRound(servers, rows: rows))
                report.sameWork.append(try await loopRound(.work, servers, rows: rows))
                report.bareLoop.append(try await loopRound(.bare, servers, rows: rows))
            }
            reports.append(report)
        }
        return reports
    }

    private func scoringRound(_ servers: String, rows: Int) async throws -> HopReport.Measured {
        let service = try await filledStore(servers, rows: rows)
        if rows > 0 {
            // On an empty topic the journal would be published again.
            try await TopicTraffic.publish([Self.foreign], to: servers)
        }
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: servers), group: "benchmark", logger: Self.logger,
            metrics: MetricsRegistry())
        let saidBefore = try await outcomes(consumer)
        try service.start()
        let process = try service.processIdentifier()
        let counted = try await reached(saidBefore + Self.warmForms, by: consumer)
        let began = ContinuousClock.now
        let before = try ProcessUsage(of: process)
        let last = try await reached(saidBefore + published, by: consumer)
        let seconds = (ContinuousClock.now - began).inSeconds
        let after = try ProcessUsage(of: process)
        let counts = try await service.counts()
        guard counts["forms.scored"] == rows + published else { Benchmark.fail("scoring counts \(counts)") }
        service.signal(SIGTERM)
        _ = try await service.ending()
        try service.removeData()
        _ = await consumer.close(deadline: .seconds(2))
        let forms = Double(last - counted)
        return HopReport.Measured(
            cpuMicrosecondsPerForm: (after.cpuSeconds - before.cpuSeconds) * 1e6 / forms,
            formsPerSecond: forms / seconds, peakBytes: after.peakBytes)
    }

    private func expectSuccess(_ command: (lines: [String], code: Int32)) throws {
        guard command.code == 0 else { Benchmark.fail("a command of scoring failed: \(command.lines)") }
    }

    /// Waits until so many outcomes were ever published, and says how many there are then.
    private func reached(_ wanted: Int, by consumer: KafkaConsumer) async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < deadline {
            let said = try await outcomes(consumer)
            if said >= wanted { return said }
            try await Task.sleep(for: .milliseconds(5))
        }
        Benchmark.fail("scoring did not come to \(wanted) outcomes")
    }

    private func outcomes(_ consumer: KafkaConsumer) async throws -> Int {
        let places = (0..<Catalogue.childPartitions).map { TopicPartition(topic: Topic.outcomes.name(), partition: $0) }
        return try await consumer.watermarks(of: places, timeout: .seconds(10)).values.reduce(0) { $0 + Int($1.high) }
    }

    /// A loop in C has a store of the same tables, filled alike.
    private func loopRound(_ way: BareLoop.Way, _ servers: String, rows: Int) async throws -> HopReport.Measured {
        let service = try await filledStore(servers, rows: rows)
        let cpuSeconds = try BareLoop.measure(
            way, servers: servers, database: Self.database(of: service), records: published, warm: Self.warmForms,
            children: children)
        try service.removeData()
        return HopReport.Measured(cpuMicrosecondsPerForm: cpuSeconds * 1e6)
    }

    private func filledStore(_ servers: String, rows: Int) async throws -> ServiceProcessUnderTest {
        let service = try ServiceProcessUnderTest("scoring", bootstrapServers: servers)
        try await expectSuccess(service.command("migrate"))
        try BareLoop.run(Prefill.begun, on: Self.database(of: service))
        if rows > 0 { try BareLoop.run(Prefill(rows: rows).sql, on: Self.database(of: service)) }
        return service
    }

    private static func database(of service: ServiceProcessUnderTest) -> String {
        service.dataDirectory + "/store.sqlite"
    }

    private static let foreign = OutgoingRecord(
        topic: Topic.outcomes.name(), key: Array("benchmark".utf8), value: Array("{}".utf8))
    private static let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
}
