internal import Events
internal import Instruments

/// A factor's result in lines for whoever asks at a terminal. No answer is among them.
enum FactorLines {
    static func lines(of outcome: FactorOutcome, by published: InstrumentPublished) -> [String] {
        let definition = published.definition
        var lines = ["\(outcome.factor.rawValue): \(outcome.result.rawValue)", "  rule: \(outcome.rule)"]
        if let rule = definition.rules.first(where: { $0.code == outcome.rule }) {
            let words = RuleWords(outcome, by: rule)
            lines += ["  sv: \(words.swedish)", "  en: \(words.english)"]
        }
        lines.append("  triggered by: \(list(outcome.because))")
        lines.append("  unanswered: \(list(outcome.unanswered))")
        if let place = definition.evidence.firstIndex(where: { $0.factor == outcome.factor }) {
            let words = Accuracy(definition.evidence[place]).swedishWords
            lines.append("  accuracy: \(published.instrument.name)#/definition/evidence/\(place): \(words)")
        }
        return lines
    }

    /// What stands beside the factors.
    static func lines(signals: [Signal], acute: Bool) -> [String] {
        ["signals: \(list(signals.map(\.rawValue)))", "acute: \(acute ? "yes" : "no")"]
    }

    private static func list(_ codes: [String]) -> String {
        codes.isEmpty ? "none" : codes.joined(separator: ", ")
    }
}

extension InstrumentReference {
    /// Name and content.
    var line: String { "instrument: \(name) sha256 \(sha256)" }
}
