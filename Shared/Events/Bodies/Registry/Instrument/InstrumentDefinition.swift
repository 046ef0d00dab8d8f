/// What is needed to check and score a form, without a word of its text.
public struct InstrumentDefinition: Codable, Hashable, Sendable {
    /// Questions in order.
    public var items: [InstrumentItem]
    /// Factors the form reports on.
    public var factors: [RiskFactor]
    /// One or more rules a factor; any that holds makes an outcome.
    public var rules: [FactorRule]
    /// What is no factor but is passed on.
    public var signals: [SignalRule]
    /// Answers after which the unit's routine is shown.
    public var acute: [AnswerPattern]
    /// One a factor.
    public var evidence: [FactorEvidence]
    /// How well the form as a whole finds that there is any problem.
    public var formEvidence: Accuracy?

    /// Takes each member as it will travel.
    public init(
        items: [InstrumentItem], factors: [RiskFactor], rules: [FactorRule], signals: [SignalRule],
        acute: [AnswerPattern], evidence: [FactorEvidence], formEvidence: Accuracy? = nil
    ) {
        self.items = items
        self.factors = factors
        self.rules = rules
        self.signals = signals
        self.acute = acute
        self.evidence = evidence
        self.formEvidence = formEvidence
    }
}
