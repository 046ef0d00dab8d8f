/// How well the form finds something, as it was published. Shown beside what it found.
public struct Accuracy: Codable, Hashable, Sendable {
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
    /// Share of those whom the form found who have the problem. Depends on how common it was where it was examined.
    public var positivePredictiveValue: Estimate?
    /// Share of those whom the form passed who don't have it. Depends on how common it was where it was examined.
    public var negativePredictiveValue: Estimate?
    /// What it was compared with.
    public var referenceStandard: String?
    /// Among whom.
    public var population: String?
    /// Published where.
    public var source: String?

    /// Takes each member as it will travel.
    public init(
        examined: Bool, sensitivity: Estimate? = nil, specificity: Estimate? = nil,
        sensitivityWithin: PublishedRange? = nil, specificityWithin: PublishedRange? = nil,
        positivePredictiveValue: Estimate? = nil, negativePredictiveValue: Estimate? = nil,
        referenceStandard: String? = nil, population: String? = nil, source: String? = nil
    ) {
        self.examined = examined
        self.sensitivity = sensitivity
        self.specificity = specificity
        self.sensitivityWithin = sensitivityWithin
        self.specificityWithin = specificityWithin
        self.positivePredictiveValue = positivePredictiveValue
        self.negativePredictiveValue = negativePredictiveValue
        self.referenceStandard = referenceStandard
        self.population = population
        self.source = source
    }
}
