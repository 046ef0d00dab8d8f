internal import Events

/// The rules about published accuracy: one for each factor and signal, which says what it stands on or that nobody has
/// examined it.
struct EvidenceCheck {
    private(set) var faults: [InstrumentFault] = []

    init(_ definition: InstrumentDefinition) {
        for (index, evidence) in definition.evidence.enumerated() {
            let place = "/definition/evidence/\(index)"
            if !definition.factors.contains(evidence.factor) {
                fault(.notReported, "\(place)/factor", "must be among the factors")
            }
            if definition.evidence[..<index].contains(where: { $0.factor == evidence.factor }) {
                fault(.twice, "\(place)/factor", "the factor \(evidence.factor.rawValue) stands earlier")
            }
            check(Accuracy(evidence), at: place)
        }
        for factor in definition.factors where !definition.evidence.contains(where: { $0.factor == factor }) {
            let text = "\(factor.rawValue) needs its accuracy, or examined: false"
            fault(.evidenceIncomplete, "/definition/evidence", text)
        }
        for (index, signal) in definition.signals.enumerated() {
            let place = "/definition/signals/\(index)/evidence"
            if let evidence = signal.evidence {
                check(evidence, at: place)
            } else {
                fault(.evidenceIncomplete, place, "needs its accuracy, or examined: false")
            }
        }
        if let evidence = definition.formEvidence { check(evidence, at: "/definition/formEvidence") }
    }

    private mutating func check(_ accuracy: Accuracy, at place: String) {
        let estimates = [
            ("sensitivity", accuracy.sensitivity), ("specificity", accuracy.specificity),
            ("positivePredictiveValue", accuracy.positivePredictiveValue),
            ("negativePredictiveValue", accuracy.negativePredictiveValue),
        ].compactMap { member, estimate in estimate.map { (member, $0) } }
        let ranges = [
            ("sensitivity", accuracy.sensitivityWithin), ("specificity", accuracy.specificityWithin),
        ].compactMap { figure, range in range.map { (figure: figure, member: "\(figure)Within", $0) } }
        let texts = [
            ("referenceStandard", accuracy.referenceStandard), ("population", accuracy.population),
            ("source", accuracy.source),
        ]
        let figures = estimates.map(\.0)
        if accuracy.examined {
            // Predictive values hang on how common the problem was: alone they say nothing of the form.
            if !figures.contains("sensitivity"), !figures.contains("specificity"), ranges.isEmpty {
                fault(.evidenceIncomplete, place, "what was examined has a sensitivity or a specificity")
            }
            for (member, text) in texts where text?.isEmpty ?? true {
                fault(.evidenceIncomplete, "\(place)/\(member)", "what was examined says with what, whom and where")
            }
        } else {
            for member in figures + ranges.map(\.member) + texts.filter({ $0.1 != nil }).map(\.0) {
                fault(.evidenceIncomplete, "\(place)/\(member)", "nothing is claimed of what nobody has examined")
            }
        }
        for (member, estimate) in estimates {
            let low = estimate.low ?? estimate.percent
            let high = estimate.high ?? estimate.percent
            if (estimate.low == nil) != (estimate.high == nil) || low < 0 || low > estimate.percent
                || estimate.percent > high || high > 100
            {
                fault(.outOfBounds, "\(place)/\(member)", "per cent within its interval, which has both ends or none")
            }
        }
        for (figure, member, range) in ranges {
            if figures.contains(figure) { fault(.notTaken, "\(place)/\(member)", "the \(figure) itself is there") }
            if range.low < 0 || range.low >= range.high || range.high > 100 {
                fault(.outOfBounds, "\(place)/\(member)", "per cent, from the lesser to the greater")
            }
        }
    }

    private mutating func fault(_ rule: InstrumentFault.Rule, _ place: String, _ text: String) {
        faults.append(InstrumentFault(rule, at: place, text))
    }
}
