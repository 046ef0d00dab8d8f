/// One factor's result and why.
public struct FactorOutcome: Codable, Hashable, Sendable {
    /// The factor.
    public var factor: RiskFactor
    /// The result.
    public var result: FactorResult
    /// `linkId`s of the items whose answers counted.
    public var because: [String]
    /// `linkId`s of the items left unanswered that could still change the result; empty unless it is unknown.
    public var unanswered: [String]
    /// Code of the rule that decided: the first, in the instrument's order, that says what the factor comes to. Others
    /// may say the same; `because` and `unanswered` are of all of them.
    public var rule: String
    /// Compared with the respondent's form before it.
    public var change: FactorChange

    /// Takes each member as it will travel.
    public init(
        factor: RiskFactor, result: FactorResult, because: [String], unanswered: [String], rule: String,
        change: FactorChange
    ) {
        self.factor = factor
        self.result = result
        self.because = because
        self.unanswered = unanswered
        self.rule = rule
        self.change = change
    }
}

extension FactorOutcome: EventPart {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(
            factor: try object.code("factor"), result: try object.code("result"),
            because: try object.texts("because"), unanswered: try object.texts("unanswered"),
            rule: try object.text("rule"), change: try object.code("change"))
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("because", because)
        object.member("change", change.rawValue)
        object.member("factor", factor.rawValue)
        object.member("result", result.rawValue)
        object.member("rule", rule)
        object.member("unanswered", unanswered)
    }
}

/// What a form says about a factor. `none` is "no outcome", never "no problem".
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum FactorResult: String, Codable, CaseIterable, Sendable {
    /// The rule holds.
    case outcome
    /// The rule does not hold, and every item it needs was answered.
    case noOutcome = "none"
    /// An unanswered item could still make an outcome.
    case unknown
}

/// How a result stands to the same parent's form of the same questionnaire before it, by the child's age.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum FactorChange: String, Codable, CaseIterable, Sendable {
    /// There is no earlier form of the questionnaire.
    case first
    /// An outcome now, none before.
    case new
    /// The same as before: an outcome then and now, or none then and now.
    case persisting
    /// An outcome before, none now.
    case gone
    /// Unknown now or before, or the earlier form was scored by other rules for the factor.
    case notComparable = "not-comparable"
}
