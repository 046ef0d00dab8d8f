public import Events

/// What one rule says of some answers, and why.
public struct RuleReading: Sendable, Hashable {
    /// The rule as it travels.
    public let rule: FactorRule
    /// What it says.
    public let result: FactorResult
    /// `linkId`s of the items whose answers count, in the order of the instrument.
    public let counted: [String]
    /// `linkId`s of the items without an answer that could still change it; none unless it is unknown.
    public let open: [String]
    /// The least and the greatest sum that the answers come to, whatever is answered to what is missing. Of any-of and
    /// at-least a number of answers, of a weighted sum points.
    public let sum: ClosedRange<Int>

    /// A reading from its parts.
    public init(
        _ rule: FactorRule, _ result: FactorResult, counted: [String], open: [String], sum: ClosedRange<Int>
    ) {
        self.rule = rule
        self.result = result
        self.counted = counted
        self.open = open
        self.sum = sum
    }
}

extension CheckedInstrument {
    /// What each rule of a factor says, in the order of the instrument. For people who ask: costs what scoring the
    /// factor does, several times.
    public func readings(of factor: RiskFactor, _ given: GivenAnswers) -> [RuleReading] {
        zip(published.definition.rules, rules).filter { $0.0.factor == factor }.map { rule, compiled in
            let result = compiled.result(of: given)
            return RuleReading(
                rule, result, counted: compiled.counted(of: given, in: questions),
                open: result == .unknown ? compiled.open(given, in: questions) : [], sum: compiled.reach(given))
        }
    }
}
