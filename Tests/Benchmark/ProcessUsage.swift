import Foundation

/// What a running process has used, by the kernel's own account (proc(5)).
struct ProcessUsage {
    /// User and system time.
    let cpuSeconds: Double
    /// The largest resident set so far.
    let peakBytes: Int

    init(of process: Int32) throws {
        let stat = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // The command's name may hold spaces; the fields that count come after its closing bracket.
        let fields = stat.drop { $0 != ")" }.split(separator: " ")
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        cpuSeconds = (Double(fields[12]).map { $0 / ticks } ?? 0) + (Double(fields[13]).map { $0 / ticks } ?? 0)
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        peakBytes = (peak?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}
