/// When a factor has an outcome.
public struct FactorRule: Codable, Hashable, Sendable {
    /// Code of the rule, named in results.
    public var code: String
    /// The factor it decides.
    public var factor: RiskFactor
    /// How answers are counted.
    public var kind: RuleKind
    /// Answers that count, at most one pattern an item; empty with `weighted-sum`.
    public var triggers: [AnswerPattern]
    /// How many triggers are needed; only with `at-least`.
    public var atLeast: Int?
    /// What is added up, at most one term an item; only with `weighted-sum`.
    public var terms: [RuleTerm]?
    /// The sum from which on there is an outcome; only with `weighted-sum`.
    public var cutOff: Int?

    /// Takes each member as it will travel.
    public init(
        code: String, factor: RiskFactor, kind: RuleKind, triggers: [AnswerPattern] = [], atLeast: Int? = nil,
        terms: [RuleTerm]? = nil, cutOff: Int? = nil
    ) {
        self.code = code
        self.factor = factor
        self.kind = kind
        self.triggers = triggers
        self.atLeast = atLeast
        self.terms = terms
        self.cutOff = cutOff
    }
}

/// How answers make an outcome. Closed: a score under a rule that is not understood would be a guess.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum RuleKind: String, Codable, CaseIterable, Sendable {
    /// One trigger suffices.
    case anyOf = "any-of"
    /// `atLeast` triggers are needed.
    case atLeast = "at-least"
    /// The terms must add up to `cutOff`.
    case weightedSum = "weighted-sum"
}
