import Foundation

/// What a run of the chain came to, for people and for programs.
struct ChainReport: Codable, Sendable {
    /// What one process used.
    struct Process: Codable, Sendable {
        let cpuMicrosecondsPerForm: Double
        /// The largest resident set of its whole life.
        let peakBytes: Int
    }

    /// One number that must stand at both ends.
    struct Reconciled: Codable, Sendable {
        let fact: String
        let sent: Int
        let counted: Int
    }

    var environment = Machine()
    var disk: DiskLatency
    var seconds = 0.0
    var forms = 0
    /// Forms whose last fact stands in reporting, by the time until the last of them does.
    var formsPerSecond = 0.0
    var postponed = 0
    var formsRanOut = false
    var samples: [LagWatch.Sample] = []
    var largestLagBefore = 0
    var largestLagLast = 0
    var emptyAfterSeconds: Double?
    var processes: [String: Process] = [:]
    var openLoopPerSecond = 0.0
    var openLoopForms = 0
    var scoredP50Milliseconds = 0.0
    var scoredP99Milliseconds = 0.0
    var topicBytesPerForm: [String: Int] = [:]
    var diskBytesPerForm = 0
    var recordsDroppedByBroker = 0
    var reconciled: [Reconciled] = []
    var faults: [String] = []

    /// One batch: what the lag may grow by and still be flat.
    static let batch = 500
    static let peakBytesMax = 150 << 20
    static let emptyWithin = 2.0

    /// The machine in one line.
    struct Machine: Codable, Sendable {
        var date = Date().formatted(.iso8601)
        var cores = ProcessInfo.processInfo.activeProcessorCount
        var processor = Machine.processorName
        var memoryBytes = Int(ProcessInfo.processInfo.physicalMemory)

        var text: String { "\(date), \(cores) cores, \(processor), \(memoryBytes >> 30) GiB" }

        private static var processorName: String {
            do {
                let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
                let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
                return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
            } catch {
                return "unknown"
            }
        }
    }

    var text: String {
        let bytes = topicBytesPerForm.values.reduce(0, +)
        var lines = [
            "chain on \(environment.text)",
            "  disk               sync of 4 KB p50 \(shown(disk.p50Milliseconds, 2)) ms,"
                + " p99 \(shown(disk.p99Milliseconds, 2)) ms",
            "  closed loop        \(shown(formsPerSecond, 0)) forms/s"
                + " (\(forms) forms in \(shown(seconds, 1)) s, 64 connections)",
            "  lag                largest of the last third \(largestLagLast), of the third before \(largestLagBefore);"
                + " empty \(emptyAfterSeconds.map { shown($0, 2) } ?? "never") s after the last answer",
            "  open loop          \(shown(openLoopPerSecond, 0)) forms/s: submission to scored"
                + " p50 \(shown(scoredP50Milliseconds, 1)) ms, p99 \(shown(scoredP99Milliseconds, 1)) ms"
                + " (\(openLoopForms) forms)",
            "  bytes a form       \(bytes) on topics (before compression), \(diskBytesPerForm) in the five stores",
            "  broker's log       \(recordsDroppedByBroker) records gone from its start;"
                + " a reader that was overtaken would have ended",
        ]
        for (name, process) in processes.sorted(by: { $0.key < $1.key }) {
            let padded = name.padding(toLength: 18, withPad: " ", startingAt: 0)
            let cpu = shown(process.cpuMicrosecondsPerForm, 0)
            lines.append("  \(padded) \(cpu) CPU-us a form, peak \(process.peakBytes >> 20) MB")
        }
        for row in reconciled {
            let verdict = row.sent == row.counted ? "agrees " : "DIFFERS"
            lines.append("  \(verdict) \(row.fact): \(row.sent) sent, \(row.counted) counted")
        }
        lines += faults.map { "  NOT REACHED: \($0)" }
        return lines.joined(separator: "\n")
    }

    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            return try encoder.encode(self)
        }
    }

    /// Says what was asked for and not reached.
    mutating func judge() {
        for row in reconciled where row.sent != row.counted { faults.append("\(row.fact) must agree") }
        if largestLagLast > largestLagBefore + Self.batch { faults.append("the lag grows") }
        if emptyAfterSeconds.map({ $0 > Self.emptyWithin }) ?? true {
            faults.append("all forms counted within \(Int(Self.emptyWithin)) s of the last answer")
        }
        for (name, process) in processes.sorted(by: { $0.key < $1.key })
        where name != "development-broker" && process.peakBytes > Self.peakBytesMax {
            faults.append("\(name) under 150 MB")
        }
        if formsRanOut { faults.append("forms ran out before the time: offer more (forms=N)") }
    }

    private func shown(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
