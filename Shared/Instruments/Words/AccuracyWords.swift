public import Events

extension Accuracy {
    /// How well the form finds something, in Swedish: belongs beside every outcome that is shown.
    public var swedishWords: String {
        guard examined else { return "Inte undersökt" }
        // Half an accuracy looks like a whole one unless the missing half is told.
        let known = [
            "sensitivitet "
                + (sensitivity?.swedishText ?? sensitivityWithin?.swedishText ?? "inte redovisad"),
            "specificitet "
                + (specificity?.swedishText ?? specificityWithin?.swedishText ?? "inte redovisad"),
            positivePredictiveValue.map { "positivt prediktivt värde \($0.swedishText)" },
            negativePredictiveValue.map { "negativt prediktivt värde \($0.swedishText)" },
        ].compactMap { $0 }
        let told = [
            referenceStandard.map { "jämfört med \($0)" }, population.map { "bland \($0)" },
            source.map { "källa: \($0)" },
        ]
        return ([known.joined(separator: ", ")] + told.compactMap { $0 }).joined(separator: "; ")
    }

    /// A factor's, in the form that others have.
    public init(_ evidence: FactorEvidence) {
        self.init(
            examined: evidence.examined, sensitivity: evidence.sensitivity, specificity: evidence.specificity,
            sensitivityWithin: evidence.sensitivityWithin, specificityWithin: evidence.specificityWithin,
            referenceStandard: evidence.referenceStandard, population: evidence.population, source: evidence.source)
    }
}

extension Estimate {
    /// Per cent, with the interval where one was published.
    fileprivate var swedishText: String {
        guard let low, let high else { return "\(percent) %" }
        return "\(percent) % (95 % konfidensintervall \(low)–\(high))"
    }
}

extension PublishedRange {
    fileprivate var swedishText: String { "någonstans mellan \(low) och \(high) % (mer är inte redovisat)" }
}
