public import Events

/// Why a factor came to its result, in words made from the rule: for the nurse's page and for whoever asks.
///
/// Items are named by code, since wording stays with intake. No outcome is never said to mean that there is no problem:
/// the form finds only some of those who have one.
public struct RuleWords: Sendable, Hashable {
    /// For pages in Swedish.
    public let swedish: String
    /// The same in English.
    public let english: String

    /// Words for what a rule says.
    /// - Parameter tellsAnswers: whether they name the items that count and the points reached, and with them answers.
    public init(_ reading: RuleReading, tellsAnswers: Bool = true) {
        swedish = Self.words(reading, tellsAnswers, .swedish)
        english = Self.words(reading, tellsAnswers, .english)
    }

    private static func words(_ reading: RuleReading, _ tellsAnswers: Bool, _ language: Language) -> String {
        guard tellsAnswers else { return Self.words(reading.result, by: reading.rule, language) }
        var words = "\(result(reading.result, language)): \(demand(of: reading.rule, language))"
        if reading.rule.kind == .weightedSum { words += reached(reading.sum, language) }
        words += ". " + counted(reading.counted, language)
        switch (reading.result, language) {
        case (.outcome, _): break
        case (.noOutcome, _): words += noProof(language)
        case (.unknown, .swedish): words += " Svar på \(list(reading.open, language)) kan ännu ge ett utfall."
        case (.unknown, .english): words += " Answers to \(list(reading.open, language)) can still make an outcome."
        }
        return words
    }

    private static func result(_ result: FactorResult, _ language: Language) -> String {
        switch (result, language) {
        case (.outcome, .swedish): "Utfall"
        case (.outcome, .english): "Outcome"
        case (.noOutcome, .swedish): "Inget utfall"
        case (.noOutcome, .english): "No outcome"
        case (.unknown, .swedish): "Obesvarat"
        case (.unknown, .english): "Unanswered"
        }
    }

    /// The points that the answers give, beside those that they have to.
    private static func reached(_ points: ClosedRange<Int>, _ language: Language) -> String {
        let (low, high) = (points.lowerBound, points.upperBound)
        return switch language {
        case .swedish: low == high ? " och ger \(low)" : " och ger \(low) till \(high)"
        case .english: low == high ? " and give \(low)" : " and give \(low) to \(high)"
        }
    }

    /// A result in Swedish without a word of the answers.
    /// - Parameter rule: the one that decided; nil where it isn't at hand.
    public static func swedish(of result: FactorResult, by rule: FactorRule?) -> String {
        words(result, by: rule, .swedish)
    }

    private static func words(_ result: FactorResult, by rule: FactorRule?, _ language: Language) -> String {
        let demand = rule.map { ": \(Self.demand(of: $0, language))" } ?? ""
        return "\(Self.result(result, language))\(demand)." + (result == .noOutcome ? noProof(language) : "")
    }

    private static func noProof(_ language: Language) -> String {
        switch language {
        case .swedish: " Det betyder inte att problem saknas."
        case .english: " That doesn't mean that there is no problem."
        }
    }

    private enum Language { case swedish, english }

    /// What the rule asks for.
    private static func demand(of rule: FactorRule, _ language: Language) -> String {
        let among = rule.triggers.count
        switch (rule.kind, language) {
        case (.anyOf, .swedish):
            return "det räcker med ett svar som räknas (av \(among) möjliga)"
        case (.anyOf, .english):
            return "one answer that counts suffices (of \(among) possible)"
        case (.atLeast, .swedish):
            return "det krävs minst \(rule.atLeast ?? 1) svar som räknas (av \(among) möjliga)"
        case (.atLeast, .english):
            return "at least \(rule.atLeast ?? 1) answers that count are needed (of \(among) possible)"
        case (.weightedSum, .swedish): return "svaren måste ge minst \(rule.cutOff ?? 0) poäng"
        case (.weightedSum, .english): return "the answers have to give at least \(rule.cutOff ?? 0) points"
        }
    }

    private static func counted(_ items: [String], _ language: Language) -> String {
        switch language {
        case .swedish:
            items.isEmpty ? "Inget svar räknas." : "\(items.count) svar räknas: \(list(items, language))."
        case .english:
            items.isEmpty
                ? "No answer counts."
                : "\(items.count) \(items.count == 1 ? "answer counts" : "answers count"): \(list(items, language))."
        }
    }

    private static func list(_ items: [String], _ language: Language) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + (language == .swedish ? " och " : " and ") + last
    }
}
