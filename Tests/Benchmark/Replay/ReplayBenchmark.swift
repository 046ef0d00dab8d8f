import Events
import Foundation
import Runtime
import Support

/// What scoring again everything in a store costs, against a bare loop in C that reads the same rows in the same order.
///
/// The first `original` forms, six visits of each respondent, are scored by the service; the others are copies of them
/// under other surrogates, made by SQL. The replay is the command's own process, since the service doesn't run.
struct ReplayBenchmark {
    private static let original = 6_000
    private static let visits = 6

    let servers: String
    let forms: Int
    let rounds: Int

    func run() async throws -> ReplayReport {
        try await FormMill.publish(Self.original, of: Self.original / Self.visits, to: servers)
        let service = try ServiceProcessUnderTest("scoring", bootstrapServers: servers)
        try service.start()
        try await service.counts(within: .seconds(120)) { $0["forms.scored"] == Self.original }
        service.signal(SIGTERM)
        _ = try await service.ending()
        let database = service.dataDirectory + "/store.sqlite"
        let copies = max(0, forms / Self.original - 1)
        if copies > 0 { try BareLoop.run(CopiedForms(copies: copies).sql, on: database) }
        let count = Self.original * (copies + 1)
        var report = ReplayReport(forms: count)
        for _ in 0..<rounds {
            report.replay.append(try await replay(service, count))
            report.bareLoop.append(try BareLoop.readCourse(of: database, records: count) * 1e6)
        }
        try service.removeData()
        return report
    }

    private func replay(_ service: ServiceProcessUnderTest, _ forms: Int) async throws -> ReplayReport.Measured {
        let (output, errors) = (try ScratchFile(), try ScratchFile())
        let began = ContinuousClock.now
        let process = try ChildProcess(
            FinishedProgram.built("scoring"), ["replay"], environment: service.environment, output: output.descriptor,
            errors: errors.descriptor)
        var last: ProcessUsage?
        while process.ending == nil {
            // The kernel's account is gone with the process: the last one before its end is a few milliseconds short.
            do {
                let usage = try ProcessUsage(of: process.number)
                if usage.peakBytes > 0 { last = usage }
            } catch {
                break
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        let seconds = (ContinuousClock.now - began).inSeconds
        let ending = process.waitForEnd()
        let text = try output.text()
        guard ending == .exited(0), text == "\(forms) forms scored again, none differs\n", let last else {
            Benchmark.fail("the replay failed: \(text.prefix(500)) \(try errors.text().suffix(500))")
        }
        return ReplayReport.Measured(
            seconds: seconds, cpuMicrosecondsPerForm: last.cpuSeconds * 1e6 / Double(forms), peakBytes: last.peakBytes)
    }
}

/// What replays cost, for people and for programs.
struct ReplayReport: Codable {
    struct Measured: Codable {
        let seconds: Double
        /// User and system time.
        let cpuMicrosecondsPerForm: Double
        let peakBytes: Int
    }

    let forms: Int
    var replay: [Measured] = []
    /// CPU in microseconds a form.
    var bareLoop: [Double] = []

    var text: String {
        let ours = replay.map(\.cpuMicrosecondsPerForm).median
        let bare = bareLoop.median
        let seconds = replay.map { Self.shown($0.seconds) }.joined(separator: ", ")
        return """
            replay of \(forms) forms, \(replay.count) rounds
              replay     \(seconds) s; \(Self.shown(ours)) CPU-us a form, peak \
            \((replay.map(\.peakBytes).max() ?? 0) / 1_048_576) MB
              bare loop  \(Self.shown(bare)) CPU-us a form (reads the same rows in the same order, decides nothing)
              ratio      \(Self.shown(bare / max(ours, 0.001))) (bare loop / replay)
            """
    }

    private static func shown(_ value: Double) -> String { String(format: "%.2f", value) }
}
