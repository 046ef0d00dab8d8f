import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

/// One hop alone, topic to topic and durable, against the bare loop in C, run alternately in the same minutes.
struct HopBenchmark {
    let servers: String
    let forms: Int
    let rounds: Int

    /// What was measured, for people and for programs.
    struct Report: Codable {
        let forms: Int
        /// CPU of each round in microseconds a form, user and system.
        var scoringMicrosecondsPerForm: [Double] = []
        var bareLoopMicrosecondsPerForm: [Double] = []
        var scoringPeakBytes: [Int] = []
        var scoringFormsPerSecond: [Double] = []

        /// How much of our CPU a bare loop would need: 1 is as cheap as C.
        var ratio: Double {
            Self.median(bareLoopMicrosecondsPerForm) / max(Self.median(scoringMicrosecondsPerForm), 0.001)
        }

        var text: String {
            let ours = Self.median(scoringMicrosecondsPerForm)
            let bare = Self.median(bareLoopMicrosecondsPerForm)
            return """
                hop answers -> scoring -> outcomes, \(forms) forms, \(scoringMicrosecondsPerForm.count) rounds
                  scoring    \(Self.shown(ours)) CPU-us a form (rounds: \(Self.shown(scoringMicrosecondsPerForm)))
                  bare loop  \(Self.shown(bare)) CPU-us a form (rounds: \(Self.shown(bareLoopMicrosecondsPerForm)))
                  ratio      \(Self.shown(ratio)) (bare loop / scoring)
                  scoring    \(Self.shown(Self.median(scoringFormsPerSecond))) forms/s, peak \
                \((scoringPeakBytes.max() ?? 0) / 1_048_576) MB
                """
        }

        var json: Data {
            get throws {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
                return try encoder.encode(self)
            }
        }

        static func median(_ values: [Double]) -> Double {
            values.isEmpty ? 0 : values.sorted()[values.count / 2]
        }

        private static func shown(_ value: Double) -> String { String(format: "%.2f", value) }
        private static func shown(_ values: [Double]) -> String { values.map(shown).joined(separator: ", ") }
    }

    func run() async throws -> Report {
        try await publish()
        var report = Report(forms: forms)
        for round in 0..<rounds {
            let scoring = try await scoringRound(first: round == 0)
            report.scoringMicrosecondsPerForm.append(scoring.usage.cpuSeconds * 1e6 / Double(forms))
            report.scoringPeakBytes.append(scoring.usage.peakBytes)
            report.scoringFormsPerSecond.append(Double(forms) / scoring.seconds)
            report.bareLoopMicrosecondsPerForm.append(try bareRound(round) * 1e6 / Double(forms))
        }
        return report
    }

    private func publish() async throws {
        let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: servers), logger: logger, metrics: MetricsRegistry())
        var mill = FormMill(seed: 1)
        var records = [try FormMill.instrumentRecord()]
        for number in 0..<forms {
            records.append(try mill.next(number))
            if records.count == 1000 || number == forms - 1 {
                for result in await producer.publish(records, deadline: .seconds(60)) {
                    guard case .persisted = result else { Benchmark.fail("a form was not published: \(result)") }
                }
                records = []
            }
        }
        _ = await producer.close(deadline: .seconds(5))
    }

    private func scoringRound(first: Bool) async throws -> (usage: ProcessUsage, seconds: Double) {
        let service = try ServiceProcessUnderTest("scoring", bootstrapServers: servers)
        if !first {
            // Each round has a new store, which must say that it takes over from the one before.
            let taken = try await service.command("recover", "take-over")
            guard taken.code == 0 else { Benchmark.fail("take-over failed: \(taken.lines)") }
        }
        let began = ContinuousClock.now
        try service.start()
        let wanted = forms
        try await service.counts(within: .seconds(300)) { $0["forms.scored"] == wanted }
        try await service.eventually("the outbox to be published", within: .seconds(300)) {
            try await service.probe("/metrics").text.contains("screening_outbox_pending 0")
        }
        let seconds = (ContinuousClock.now - began).inSeconds
        let usage = try ProcessUsage(of: try service.processIdentifier())
        service.signal(SIGTERM)
        _ = try await service.ending()
        try service.removeData()
        return (usage, seconds)
    }

    private func bareRound(_ round: Int) throws -> Double {
        struct Printed: Decodable { let cpuSeconds: Double }
        let database = NSTemporaryDirectory() + "bare-loop-\(UUID().uuidString).sqlite"
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.appendingPathComponent("bare-loop")
        process.arguments = [
            servers, Topic.answers.name(), "bare-loop.outcomes", String(Catalogue.childPartitions), String(forms),
            database,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: database + suffix) {
            try FileManager.default.removeItem(atPath: database + suffix)
        }
        return try JSONDecoder().decode(Printed.self, from: data).cpuSeconds
    }
}
