import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

/// What forms that come in suffer from a re-run of those that are there: the time from a form's record to its
/// outcome's, first with nothing else to do, then while another version scores everything again.
struct ReRunBenchmark {
    let servers: String
    /// Forms in the store when the version arrives, four of each child.
    let forms: Int
    /// Forms that come in each second, if the broker takes them as fast.
    private static let formsPerSecond = 200.0
    private static let quietForms = 2_000

    func run() async throws -> ReRunReport {
        let children = max(1, forms / 4)
        try await FormMill.publish(forms, of: children, to: servers)
        let service = try ServiceProcessUnderTest("scoring", bootstrapServers: servers)
        try service.start()
        let all = forms
        try await service.counts(within: .seconds(120)) { $0["forms.scored"] == all }
        let watch = OutcomeWatch(servers: servers)
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: servers), logger: Self.logger, metrics: MetricsRegistry())
        let report = try await withThrowingTaskGroup(of: Void.self) { group in
            let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
            group.addTask { try await watch.run { isReady.finish() } }
            for await _ in ready {}
            let report = try await measure(service, Trickle(producer: producer, watch: watch), children: children)
            group.cancelAll()
            return report
        }
        _ = await producer.close(deadline: .seconds(5))
        service.signal(SIGTERM)
        _ = try await service.ending()
        try service.removeData()
        return report
    }

    private func measure(
        _ service: ServiceProcessUnderTest, _ trickle: Trickle, children: Int
    ) async throws -> ReRunReport {
        var mill = FormMill(seed: 2, children: children)
        var next = forms
        func send(_ count: Int) async throws {
            let records = try (next..<next + count).map { try mill.next($0) }
            next += count
            try await trickle.send(records, perSecond: Self.formsPerSecond)
        }
        try await send(200)
        _ = trickle.watch.takeLatencies()
        try await send(Self.quietForms)
        let quiet = trickle.watch.takeLatencies()
        guard let day = CalendarDay("2026-01-01") else { Benchmark.fail("no day") }
        let version = FormMill.version("2", rescores: Rescoring(version: "1", from: day))
        let record = try FormMill.record(version)
        guard case .persisted? = await trickle.producer.publish([record], deadline: .seconds(10)).first else {
            Benchmark.fail("the version was not published")
        }
        let began = ContinuousClock.now
        try await service.counts { $0["re-runs.open"] == 1 }
        _ = trickle.watch.takeLatencies()
        while try await service.counts()["re-runs.open"] != 0 { try await send(100) }
        let seconds = (ContinuousClock.now - began).inSeconds
        let busy = trickle.watch.takeLatencies()
        let counts = try await service.counts()
        guard let again = counts["forms.re-run"], again >= forms, trickle.watch.missing == 0 else {
            Benchmark.fail("\(trickle.watch.missing) outcomes are missing; scoring counts \(counts)")
        }
        return ReRunReport(forms: forms, seconds: seconds, quiet: .init(quiet), during: .init(busy))
    }

    private static let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
}

/// A few forms at a time, each batch when the one before has been taken; returns when each has its outcome.
struct Trickle: Sendable {
    let producer: KafkaProducer
    let watch: OutcomeWatch
    /// A producer takes one batch after the other.
    private static let formsOfBatch = 5

    func send(_ records: [OutgoingRecord], perSecond rate: Double) async throws {
        let began = ContinuousClock.now
        for first in stride(from: 0, to: records.count, by: Self.formsOfBatch) {
            try await Task.sleep(until: began + .seconds(Double(first) / rate), tolerance: .zero)
            let instant = ContinuousClock.now
            let batch = Array(records[first..<min(first + Self.formsOfBatch, records.count)])
            for record in batch {
                let subject = record.headers.first { $0.name == "ce_subject" }?.value ?? []
                watch.expect(String(decoding: subject, as: UTF8.self), since: instant)
            }
            for result in await producer.publish(batch, deadline: .seconds(10)) {
                guard case .persisted = result else { Benchmark.fail("a form was not published") }
            }
        }
        let deadline = ContinuousClock.now + .seconds(20)
        while watch.missing > 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(2)) }
    }
}

/// What a re-run costs those who come meanwhile, for people and for programs.
struct ReRunReport: Codable {
    /// From a form's record to its outcome's.
    struct Latency: Codable {
        let forms: Int
        let p50Milliseconds: Double
        let p99Milliseconds: Double

        init(_ latencies: [Duration]) {
            forms = latencies.count
            p50Milliseconds = latencies.percentile(50) * 1000
            p99Milliseconds = latencies.percentile(99) * 1000
        }

        var text: String {
            String(format: "p50 %.0f ms, p99 %.0f ms (%d forms)", p50Milliseconds, p99Milliseconds, forms)
        }
    }

    let forms: Int
    let seconds: Double
    let quiet: Latency
    let during: Latency

    var text: String {
        """
        re-run of \(forms) forms in \(String(format: "%.1f", seconds)) s; a form that comes in has its outcome
          with nothing else to do   \(quiet.text)
          during the re-run         \(during.text)
        """
    }
}
