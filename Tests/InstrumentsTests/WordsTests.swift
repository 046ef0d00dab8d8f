import Events
import Instruments
import Testing

@Suite("Words for a result")
struct WordsTests {
    private static let triggers = ["a", "b", "c"].map { AnswerPattern(item: $0, options: ["yes"]) }
    private static let anyOf = FactorRule(code: "r", factor: .lowMood, kind: .anyOf, triggers: triggers)
    private static let atLeast = FactorRule(
        code: "r", factor: .lowMood, kind: .atLeast, triggers: triggers, atLeast: 2)
    private static let sum = FactorRule(
        code: "r", factor: .lowMood, kind: .weightedSum, terms: [RuleTerm(item: "a", weight: 2)], cutOff: 6)

    private static func words(
        _ result: FactorResult, _ rule: FactorRule, because: [String] = [], unanswered: [String] = [],
        sum: ClosedRange<Int> = 0...1, tellsAnswers: Bool = true
    ) -> RuleWords {
        RuleWords(
            RuleReading(rule, result, counted: because, open: unanswered, sum: sum), tellsAnswers: tellsAnswers)
    }

    @Test("are made from the rule, in Swedish and English")
    func words() {
        let outcome = Self.words(.outcome, Self.anyOf, because: ["b"])
        #expect(outcome.swedish == "Utfall: det räcker med ett svar som räknas (av 3 möjliga). 1 svar räknas: b.")
        #expect(
            outcome.english == "Outcome: one answer that counts suffices (of 3 possible). 1 answer counts: b.")
        let none = Self.words(.noOutcome, Self.atLeast, because: ["c"])
        #expect(
            none.swedish == "Inget utfall: det krävs minst 2 svar som räknas (av 3 möjliga). 1 svar räknas: c."
                + " Det betyder inte att problem saknas.")
        #expect(
            none.english == "No outcome: at least 2 answers that count are needed (of 3 possible). 1 answer counts: c."
                + " That doesn't mean that there is no problem.")
        let unknown = Self.words(.unknown, Self.sum, unanswered: ["a", "b", "c"], sum: 2...9)
        #expect(
            unknown.swedish == "Obesvarat: svaren måste ge minst 6 poäng och ger 2 till 9. Inget svar räknas."
                + " Svar på a, b och c kan ännu ge ett utfall.")
        #expect(
            unknown.english == "Unanswered: the answers have to give at least 6 points and give 2 to 9."
                + " No answer counts. Answers to a, b and c can still make an outcome.")
    }

    @Test("say of a weighted sum the points reached beside the cut-off, and no answer unless they may")
    func points() {
        let outcome = Self.words(.outcome, Self.sum, because: ["a"], sum: 7...7)
        #expect(outcome.swedish == "Utfall: svaren måste ge minst 6 poäng och ger 7. 1 svar räknas: a.")
        for (result, items) in [(FactorResult.outcome, []), (.unknown, ["b"])] {
            let quiet = Self.words(
                result, Self.sum, because: ["a"], unanswered: items, sum: 7...8, tellsAnswers: false)
            #expect(quiet.swedish.hasSuffix(": svaren måste ge minst 6 poäng."))
            #expect(quiet.english.hasSuffix(": the answers have to give at least 6 points."))
        }
    }

    @Test("of no outcome never say that there is no problem, nor call it negative")
    func never() {
        for rule in [Self.anyOf, Self.atLeast, Self.sum] {
            for result in FactorResult.allCases {
                let words = Self.words(result, rule, because: ["a", "b"], unanswered: ["c"])
                let text = (words.swedish + words.english).lowercased()
                for word in ["negativ", "ingen risk", "no risk", "ok"] {
                    #expect(!text.split(whereSeparator: { !$0.isLetter }).contains(Substring(word)))
                }
                if result == .noOutcome {
                    #expect(words.swedish.contains("betyder inte att problem saknas"))
                    #expect(words.english.contains("doesn't mean that there is no problem"))
                }
            }
        }
    }

    @Test("say what an outcome is worth, or that nobody has examined it")
    func accuracy() {
        #expect(Accuracy(FactorEvidence(factor: .childSafety, examined: false)).swedishWords == "Inte undersökt")
        let accuracy = Accuracy(
            examined: true, sensitivity: Estimate(percent: 47, low: 40, high: 54), specificity: Estimate(percent: 91),
            referenceStandard: "ett standardiserat instrument", population: "611 föräldrar", source: "Studien 2023")
        #expect(
            accuracy.swedishWords
                == "sensitivitet 47 % (95 % konfidensintervall 40–54), specificitet 91 %;"
                + " jämfört med ett standardiserat instrument; bland 611 föräldrar; källa: Studien 2023")
        let half = Accuracy(examined: true, sensitivity: Estimate(percent: 80), source: "Studien 2023")
        #expect(half.swedishWords == "sensitivitet 80 %, specificitet inte redovisad; källa: Studien 2023")
        let range = Accuracy(
            examined: true, sensitivity: Estimate(percent: 80), specificityWithin: PublishedRange(low: 64, high: 91),
            source: "Studien 2023")
        #expect(
            range.swedishWords
                == "sensitivitet 80 %, specificitet någonstans mellan 64 och 91 % (mer är inte redovisat);"
                + " källa: Studien 2023")
    }
}
