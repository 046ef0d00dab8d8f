public import Events

/// A rule, arranged so that the sums it can reach under some answers are found in one walk over its questions.
///
/// Every kind of rule is a sum with a threshold: of any-of and at-least each answer that counts adds 1. A follow-up
/// stands below its gate, so that the questions form trees, and the least and the greatest sum are exact. A reference:
/// copied for each form it costs a quarter of the score.
public final class CompiledRule: Sendable {
    /// A question of the rule, or one that decides whether a question of the rule is asked. A reference too, so
    /// that a walk copies no node.
    final class Node: Sendable {
        let question: Int
        let contribution: Contribution
        /// The answers to the node above at which this one is asked; nil at a root.
        let askedAt: AnswerSet?
        let above: Int?
        let below: [Int]
        /// Answers among which are those with the least and with the greatest sum.
        let corners: [Int]
        /// The least and the greatest that the question itself adds.
        let reach: ClosedRange<Int>
        /// More than this counts towards the outcome.
        let idle: Int

        init(_ number: Int, _ contribution: Contribution, at places: [Int: Int], in questions: Questions) {
            let kind = questions.all[number].kind
            let followUps = places.keys.sorted().filter { questions.all[$0].gate?.question == number }
            var patterns = followUps.compactMap { questions.all[$0].gate?.answers }
            if case .counted(let answers) = contribution { patterns.append(answers) }
            let corners = kind.corners(of: patterns)
            let ends = corners.map(contribution.of)
            let least = ends.min() ?? 0
            question = number
            self.contribution = contribution
            askedAt = questions.all[number].gate?.answers
            above = questions.all[number].gate.flatMap { places[$0.question] }
            below = followUps.compactMap { places[$0] }
            self.corners = corners
            reach = least...(ends.max() ?? least)
            idle = if case .counted = contribution { 0 } else { least }
        }
    }

    /// Code of the rule.
    public let code: String
    /// The factor it decides.
    public let factor: RiskFactor
    /// From this sum on there is an outcome.
    let threshold: Int
    let nodes: [Node]
    let roots: [Int]
    let possible: [ClosedRange<Int>]
    /// Without follow-ups, and each question adds 0 or 1.
    let isPlainCount: Bool

    /// Arranges a rule without faults.
    init(_ rule: FactorRule, of items: [InstrumentItem], _ questions: Questions) {
        code = rule.code
        factor = rule.factor
        threshold =
            switch rule.kind {
            case .anyOf: 1
            case .atLeast: rule.atLeast ?? 1
            case .weightedSum: rule.cutOff ?? 0
            }
        var contributions: [Int: Contribution] = [:]
        for trigger in rule.triggers {
            guard let question = questions.number(of: trigger.item) else { continue }
            contributions[question] = .counted(questions.all[question].kind.answers(in: trigger))
        }
        for term in rule.terms ?? [] {
            guard let question = questions.number(of: term.item) else { continue }
            contributions[question] = Contribution(term, to: items[question])
        }
        let numbers = Self.withGates(contributions.keys, in: questions)
        let places = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
        let nodes = numbers.map { Node($0, contributions[$0] ?? .nothing, at: places, in: questions) }
        self.nodes = nodes
        roots = nodes.indices.filter { nodes[$0].above == nil }
        possible = numbers.map { questions.all[$0].kind.possible }
        isPlainCount = rule.kind != .weightedSum && roots.count == nodes.count
    }

    /// The questions and their gates, each gate before what hangs on it.
    private static func withGates(_ own: some Sequence<Int>, in questions: Questions) -> [Int] {
        var all = Set(own)
        for question in own {
            var gate = questions.all[question].gate
            while let above = gate, all.insert(above.question).inserted { gate = questions.all[above.question].gate }
        }
        return all.sorted()
    }
}
