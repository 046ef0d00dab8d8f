import Events
import Instruments
import Support

@testable import Scoring

/// What a cohort's forms come to when scoring has read them.
struct Accuracy: Sendable {
    /// Truth against result, counted.
    struct Table: Sendable {
        var found = 0, missed = 0, falselyFound = 0, passed = 0

        mutating func count(problem: Bool, outcome: Bool) {
            switch (problem, outcome) {
            case (true, true): found += 1
            case (true, false): missed += 1
            case (false, true): falselyFound += 1
            case (false, false): passed += 1
            }
        }

        var sensitivity: Double { Self.percent(found, of: found + missed) }
        var specificity: Double { Self.percent(passed, of: passed + falselyFound) }
        var positiveValue: Double { Self.percent(found, of: found + falselyFound) }
        var negativeValue: Double { Self.percent(passed, of: passed + missed) }
        var prevalence: Double { Self.percent(found + missed, of: found + missed + falselyFound + passed) }

        private static func percent(_ part: Int, of whole: Int) -> Double {
            whole == 0 ? 0 : 100 * Double(part) / Double(whole)
        }

        static func + (left: Table, right: Table) -> Table {
            Table(
                found: left.found + right.found, missed: left.missed + right.missed,
                falselyFound: left.falselyFound + right.falselyFound, passed: left.passed + right.passed)
        }
    }

    var whole = Table()
    var factors: [RiskFactor: Table] = [:]

    /// Has every parent of the cohort fill in a form, and scores it.
    init(of cohort: Cohort, by instrument: Instrument, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sheet = AnswerSheet(definition: instrument.checked.published.definition)
        let examined = PublishedFigures.factors.map(\.factor)
        for parent in 0..<cohort.count {
            let chosen = Set(examined.indices.filter { cohort.outcomes[$0][parent] }.map { examined[$0] })
            let score = try instrument.score(sheet.form(outcomesOn: chosen, using: &random))
            let outcomes = Set(score.factors.filter { $0.result == .outcome }.map(\.factor))
            whole.count(problem: cohort.problems.contains { $0[parent] }, outcome: !outcomes.isEmpty)
            for (index, factor) in examined.enumerated() {
                factors[factor, default: Table()].count(
                    problem: cohort.problems[index][parent], outcome: outcomes.contains(factor))
            }
        }
    }

    private init(whole: Table, factors: [RiskFactor: Table]) {
        self.whole = whole
        self.factors = factors
    }

    /// Both cohorts as one.
    static func + (left: Accuracy, right: Accuracy) -> Accuracy {
        Accuracy(whole: left.whole + right.whole, factors: left.factors.merging(right.factors) { $0 + $1 })
    }
}
