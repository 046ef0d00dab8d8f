public import Events

extension Accuracy {
    /// How well the form finds something, in Swedish: belongs beside every outcome that is shown.
    public var swedishWords: String {
        guard examined else { return "Inte undersökt" }
        let figures = [
            ("sensitivitet", sensitivity), ("specificitet", specificity),
            ("positivt prediktivt värde", positivePredictiveValue),
            ("negativt prediktivt värde", negativePredictiveValue),
        ]
        // Half an accuracy looks like a whole one unless the missing half is told.
        let isAccuracy = ["sensitivitet", "specificitet"]
        let known = figures.compactMap { name, estimate in
            estimate.map { "\(name) \($0.swedishText)" } ?? (isAccuracy.contains(name) ? "\(name) inte redovisad" : nil)
        }
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
