/// How well the form finds a factor, to be shown beside an outcome.
public struct FactorEvidence: Codable, Hashable, Sendable {
    /// The factor.
    public var factor: RiskFactor
    /// False: nobody has published an accuracy; nothing may be claimed.
    public var examined: Bool
    /// Share of those with the problem whom the form finds.
    public var sensitivity: Estimate?
    /// Share of those without it whom the form passes.
    public var specificity: Estimate?
    /// Where the sensitivity lies, if no more was published than a range, as of several factors together.
    public var sensitivityWithin: PublishedRange?
    /// Where the specificity lies, if no more was published than a range, as of several factors together.
    public var specificityWithin: PublishedRange?
    /// What it was compared with.
    public var referenceStandard: String?
    /// Among whom.
    public var population: String?
    /// Published where.
    public var source: String?

    /// Takes each member as it will travel.
    public init(
        factor: RiskFactor, examined: Bool, sensitivity: Estimate? = nil, specificity: Estimate? = nil,
        sensitivityWithin: PublishedRange? = nil, specificityWithin: PublishedRange? = nil,
        referenceStandard: String? = nil, population: String? = nil, source: String? = nil
    ) {
        self.factor = factor
        self.examined = examined
        self.sensitivity = sensitivity
        self.specificity = specificity
        self.sensitivityWithin = sensitivityWithin
        self.specificityWithin = specificityWithin
        self.referenceStandard = referenceStandard
        self.population = population
        self.source = source
    }
}

/// A share in whole per cent with its 95 % interval where one was published.
public struct Estimate: Codable, Hashable, Sendable {
    /// Point estimate.
    public var percent: Int
    /// Lower end of the interval.
    public var low: Int?
    /// Upper end of the interval.
    public var high: Int?

    /// Takes each member as it will travel.
    public init(
        percent: Int, low: Int? = nil, high: Int? = nil
    ) {
        self.percent = percent
        self.low = low
        self.high = high
    }
}
