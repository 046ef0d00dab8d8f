internal import Events
internal import Instruments

/// A factor's result in lines for whoever asks at a terminal.
enum FactorLines {
    /// - Parameter tellsAnswers: whether items are named, and the points that answers gave: of an item with two answers
    ///   that is the answer.
    /// - Throws: `AnswerRefusal` when the answers can't be ones to the instrument.
    static func lines(
        of outcome: FactorOutcome, _ answers: [ItemAnswer], by instrument: Instrument, tellsAnswers: Bool
    ) throws -> [String] {
        let published = instrument.checked.published
        var lines = ["\(outcome.factor.rawValue): \(outcome.result.rawValue)"]
        for reading in try instrument.deciding(outcome.factor, outcome.result, of: answers) {
            let words = RuleWords(reading, tellsAnswers: tellsAnswers)
            lines += ["  rule: \(reading.rule.code)", "  sv: \(words.swedish)", "  en: \(words.english)"]
        }
        if tellsAnswers {
            lines.append("  triggered by: \(list(outcome.because))")
            lines.append("  unanswered: \(list(outcome.unanswered))")
        }
        let evidence = published.definition.evidence
        if let place = evidence.firstIndex(where: { $0.factor == outcome.factor }) {
            let words = Accuracy(evidence[place]).swedishWords
            lines.append("  accuracy: \(published.instrument.name)#/definition/evidence/\(place): \(words)")
        }
        return lines
    }

    /// What stands beside the factors, and what it and the form as a whole are worth.
    static func lines(signals: [Signal], acute: Bool, by published: InstrumentPublished) -> [String] {
        let definition = published.definition
        let name = published.instrument.name
        var lines = ["signals: \(list(signals.map(\.rawValue)))"]
        for (place, rule) in definition.signals.enumerated() where signals.contains(rule.signal) {
            let words = (rule.evidence ?? Accuracy(examined: false)).swedishWords
            let reference = "\(name)#/definition/signals/\(place)/evidence"
            lines.append("  accuracy of \(rule.signal.rawValue): \(reference): \(words)")
        }
        lines.append("acute: \(acute ? "yes" : "no")")
        let form = (definition.formEvidence ?? Accuracy(examined: false)).swedishWords
        lines.append("accuracy of the form: \(name)#/definition/formEvidence: \(form)")
        return lines
    }

    private static func list(_ codes: [String]) -> String {
        codes.isEmpty ? "none" : codes.joined(separator: ", ")
    }
}

extension InstrumentReference {
    /// Name and content.
    var line: String { "instrument: \(name) sha256 \(sha256)" }
}
