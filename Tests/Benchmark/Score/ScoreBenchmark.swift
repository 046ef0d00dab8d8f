import Foundation
import Support

/// The pure function alone, from answers to score, against a loop in C that finds the same triggered and unanswered
/// items. The command that scores somebody's answers measures itself, without store and broker.
struct ScoreBenchmark {
    private static let times = 1_000_000
    private static let rounds = 3

    /// The file of an instrument whose items offer options.
    let instrument: String

    func run() throws -> ScoreReport {
        let answers = NSTemporaryDirectory() + "benchmark-answers-\(UUID().uuidString).json"
        try JSONEncoder().encode(try firstOptions()).write(to: URL(fileURLWithPath: answers))
        defer { unlink(answers) }
        var report = ScoreReport()
        for _ in 0..<Self.rounds {
            report.scoring.append(try measure(answers))
            report.bareLoop.append(try BareLoop.scoreOften(times: Self.times) * 1e6)
        }
        return report
    }

    /// Each item answered by its first option.
    private func firstOptions() throws -> [String: String] {
        struct File: Decodable {
            struct Definition: Decodable { let items: [Item] }
            struct Item: Decodable { let linkId: String, options: [Option] }
            struct Option: Decodable { let code: String }
            let definition: Definition
        }
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: instrument)))
        let pairs = file.definition.items.compactMap { item in item.options.first.map { (item.linkId, $0.code) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private func measure(_ answers: String) throws -> Double {
        let finished = try FinishedProgram(
            FinishedProgram.built("scoring"),
            ["try", "--instrument", instrument, "--answers", answers, "--times", "\(Self.times)"])
        let last = finished.output.split(separator: "\n").last ?? ""
        guard finished.code == 0, last.hasPrefix("\(Self.times) times: "),
            let microseconds = last.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) })
        else { Benchmark.fail("scoring didn't measure itself: \(last)") }
        return microseconds
    }
}

/// What one score costs, for people and for programs: CPU in microseconds, of each round.
struct ScoreReport: Codable {
    var scoring: [Double] = []
    var bareLoop: [Double] = []

    var text: String {
        let (ours, bare) = (scoring.median, bareLoop.median)
        return String(
            format: """
                score of eighteen answers: %.2f CPU-us; bare loop %.2f; ratio %.2f (bare loop / score)
                """, ours, bare, bare / Swift.max(ours, 0.001))
    }
}
