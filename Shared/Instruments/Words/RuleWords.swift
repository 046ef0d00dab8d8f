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

    /// Words for an outcome that was scored by a rule of its instrument.
    public init(_ outcome: FactorOutcome, by rule: FactorRule) {
        let counted = outcome.because
        let open = outcome.unanswered
        switch outcome.result {
        case .outcome:
            swedish = "Utfall: \(Self.demand(of: rule, .swedish)). \(Self.counted(counted, .swedish))"
            english = "Outcome: \(Self.demand(of: rule, .english)). \(Self.counted(counted, .english))"
        case .noOutcome:
            swedish =
                "Inget utfall: \(Self.demand(of: rule, .swedish)). \(Self.counted(counted, .swedish))"
                + " Det betyder inte att problem saknas."
            english =
                "No outcome: \(Self.demand(of: rule, .english)). \(Self.counted(counted, .english))"
                + " That doesn't mean that there is no problem."
        case .unknown:
            swedish =
                "Obesvarat: \(Self.demand(of: rule, .swedish)). \(Self.counted(counted, .swedish))"
                + " Svar på \(Self.list(open, .swedish)) kan ännu ge ett utfall."
            english =
                "Unanswered: \(Self.demand(of: rule, .english)). \(Self.counted(counted, .english))"
                + " Answers to \(Self.list(open, .english)) can still make an outcome."
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
