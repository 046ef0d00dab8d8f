import Events
import Foundation
import Support

/// What has to be assumed to simulate parents, since nobody has published it.
struct CohortAssumptions: Sendable {
    /// Share with the problem, per factor in the order of `PublishedFigures.factors`.
    var prevalence = [0.11, 0.30, 0.24, 0.05, 0.06]
    /// Share with an outcome among those with the problem.
    var sensitivity = PublishedFigures.factors.map { $0.sensitivity / 100 }
    /// Share without an outcome among those without it.
    var specificity = [0.82, 0.64, 0.82, 0.91, 0.91]
    /// How much of what makes a problem is common to all problems of a parent, and of what makes an outcome to all
    /// outcomes: 0 is independence.
    var commonOfProblems = 0.26
    var commonOfOutcomes = 0.27

    static let mothers: CohortAssumptions = {
        var mothers = CohortAssumptions()
        mothers.sensitivity = [0.84, 0.92, 0.78, 0.70, 0.52]
        return mothers
    }()
    static let fathers: CohortAssumptions = {
        var fathers = CohortAssumptions()
        fathers.sensitivity = [0.76, 0.86, 0.78, 0.70, 0.42]
        return fathers
    }()
    static let independent: CohortAssumptions = {
        var independent = CohortAssumptions()
        independent.commonOfProblems = 0
        independent.commonOfOutcomes = 0
        // The most that the published range allows: the specificity of the whole can't come out higher.
        independent.specificity = [0.91, 0.64, 0.91, 0.91, 0.91]
        return independent
    }()
}

/// Simulated parents: which problems they have, and on which factors their form is to have an outcome.
///
/// One common trait, normally distributed, stands behind problems and outcomes alike; cut-offs are placed so that each
/// factor's prevalence, sensitivity and specificity are the assumed ones in the cohort itself.
struct Cohort: Sendable {
    let count: Int
    /// Per factor, per parent.
    let problems: [[Bool]]
    let outcomes: [[Bool]]

    init(_ assumptions: CohortAssumptions, count: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let everyone = Array(0..<count)
        let common = everyone.map { _ in Self.normal(&random) }
        var problems: [[Bool]] = []
        var outcomes: [[Bool]] = []
        for (factor, prevalence) in assumptions.prevalence.enumerated() {
            let burden = Self.leaning(common, assumptions.commonOfProblems, &random)
            let answers = Self.leaning(common, assumptions.commonOfOutcomes, &random)
            let affected = Self.highest(prevalence, of: everyone, by: burden)
            let (with, without) = (everyone.filter { affected[$0] }, everyone.filter { !affected[$0] })
            let found = Self.highest(assumptions.sensitivity[factor], of: with, by: answers)
            let alarmed = Self.highest(1 - assumptions.specificity[factor], of: without, by: answers)
            problems.append(affected)
            outcomes.append(everyone.map { found[$0] || alarmed[$0] })
        }
        self.count = count
        self.problems = problems
        self.outcomes = outcomes
    }

    /// A share of the members, those with the highest values.
    private static func highest(_ share: Double, of members: [Int], by values: [Double]) -> [Bool] {
        var chosen = Array(repeating: false, count: values.count)
        let ranked = members.sorted { values[$0] > values[$1] }
        for member in ranked.prefix(Int((share * Double(members.count)).rounded())) { chosen[member] = true }
        return chosen
    }

    private static func leaning(_ common: [Double], _ part: Double, _ random: inout SeededGenerator) -> [Double] {
        common.map { part.squareRoot() * $0 + (1 - part).squareRoot() * normal(&random) }
    }

    /// Box and Muller 1958.
    private static func normal(_ random: inout SeededGenerator) -> Double {
        let (u, v) = (Double.random(in: Double.ulpOfOne..<1, using: &random), Double.random(in: 0..<1, using: &random))
        return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
}
