import Foundation

/// Measures what the chain and its hops cost. `compose/bench` calls it; nothing in it gates a test.
@main
struct Benchmark {
    static func main() async {
        do {
            try await measure()
        } catch {
            fail("benchmark: \(error)")
        }
    }

    private static func measure() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        var options: [String: String] = [:]
        for pair in words.dropFirst() {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { fail("options are name=value, not \(pair)") }
            options[parts[0]] = parts[1]
        }
        switch words.first {
        case "hop":
            let hop = HopBenchmark(
                forms: Int(options["forms"] ?? "") ?? 20_000, rounds: Int(options["rounds"] ?? "") ?? 3)
            let stores = (options["stores"] ?? "10000").split(separator: ",").compactMap { Int($0) }
            let reports = try await hop.run(stores: stores)
            for report in reports { print(report.text) }
            if let path = options["json"] { try write(reports, to: path) }
        case "score":
            guard let instrument = options["instrument"] else { fail("score needs instrument=file") }
            let report = try ScoreBenchmark(instrument: instrument).run()
            print(report.text)
            if let path = options["json"] { try write(report, to: path) }
        case "replay":
            guard let servers = options["servers"] else { fail("replay needs servers=host:port") }
            let replay = ReplayBenchmark(
                servers: servers, forms: Int(options["forms"] ?? "") ?? 600_000,
                rounds: Int(options["rounds"] ?? "") ?? 2)
            let report = try await replay.run()
            print(report.text)
            if let path = options["json"] { try write(report, to: path) }
        case "re-run":
            guard let servers = options["servers"] else { fail("re-run needs servers=host:port") }
            let rerun = ReRunBenchmark(servers: servers, forms: Int(options["forms"] ?? "") ?? 24_000)
            let report = try await rerun.run()
            print(report.text)
            if let path = options["json"] { try write(report, to: path) }
        case "chain":
            func number(_ name: String, _ fallback: Int) -> Int { Int(options[name] ?? "") ?? fallback }
            let seconds = number("seconds", 60)
            let chain = ChainBenchmark(
                places: try ChainPlaces(options), seconds: seconds,
                openLoopSeconds: number("open-seconds", seconds / 2),
                formsMax: number("forms", seconds * 3_000))
            let report = try await chain.run()
            print(report.text)
            if let path = options["json"] { try report.json.write(to: URL(fileURLWithPath: path)) }
            if !report.faults.isEmpty { exit(1) }
        default: fail("usage: benchmark score|hop|replay|re-run|chain name=value… (compose/bench knows the names)")
        }
    }

    private static func write(_ report: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try encoder.encode(report).write(to: URL(fileURLWithPath: path))
    }

    static func fail(_ line: String) -> Never {
        FileHandle.standardError.write(Data((line + "\n").utf8))
        exit(2)
    }
}
