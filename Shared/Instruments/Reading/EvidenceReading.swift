internal import Documents
internal import Events

/// Reads published accuracy from an instrument's file.
enum EvidenceReading {
    static func factor(_ members: inout Members) -> FactorEvidence? {
        let factor = members.required("factor", .one(of: RiskFactor.known))
        let accuracy = accuracy(&members, isOfFactor: true)
        return FactorEvidence(
            factor: factor ?? RiskFactor(rawValue: ""), examined: accuracy.examined, sensitivity: accuracy.sensitivity,
            specificity: accuracy.specificity, sensitivityWithin: accuracy.sensitivityWithin,
            specificityWithin: accuracy.specificityWithin, referenceStandard: accuracy.referenceStandard,
            population: accuracy.population, source: accuracy.source)
    }

    static func accuracy(_ members: inout Members) -> Accuracy? { accuracy(&members, isOfFactor: false) }

    private static func accuracy(_ members: inout Members, isOfFactor: Bool) -> Accuracy {
        Accuracy(
            examined: members.required("examined", .flag) ?? false,
            sensitivity: members.object("sensitivity", estimate), specificity: members.object("specificity", estimate),
            sensitivityWithin: members.object("sensitivityWithin", range),
            specificityWithin: members.object("specificityWithin", range),
            positivePredictiveValue: isOfFactor ? nil : members.object("positivePredictiveValue", estimate),
            negativePredictiveValue: isOfFactor ? nil : members.object("negativePredictiveValue", estimate),
            referenceStandard: members.optional("referenceStandard", .text()),
            population: members.optional("population", .text()), source: members.optional("source", .text()))
    }

    private static func estimate(_ members: inout Members) -> Estimate? {
        let percent = members.required("percent", .integer(0...100))
        let low = members.optional("low", .integer(0...100))
        let high = members.optional("high", .integer(0...100))
        return percent.map { Estimate(percent: $0, low: low, high: high) }
    }

    private static func range(_ members: inout Members) -> PublishedRange? {
        let low = members.required("low", .integer(0...100))
        let high = members.required("high", .integer(0...100))
        guard let low, let high else { return nil }
        return PublishedRange(low: low, high: high)
    }
}
