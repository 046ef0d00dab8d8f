import Events
import Testing

@testable import Scoring

@Suite("Whether two versions decide a factor alike")
struct FactorDigestsTests {
    /// A gate, a follow-up, a number and a choice; two rules on low mood, one on alcohol.
    private static let definition: InstrumentDefinition = {
        let yesNo = [AnswerOption(code: "yes", value: 1), AnswerOption(code: "no", value: 0)]
        return InstrumentDefinition(
            items: [
                InstrumentItem(linkId: "gate", type: .choice, options: yesNo, required: true, factor: .lowMood),
                InstrumentItem(
                    linkId: "follow-up", type: .choice, options: yesNo, required: false, factor: .lowMood,
                    askedWhen: AnswerPattern(item: "gate", options: ["yes"])),
                InstrumentItem(
                    linkId: "number", type: .integer, options: [], required: false, factor: .lowMood,
                    range: ItemRange(low: 0, high: 9)),
                InstrumentItem(linkId: "glasses", type: .choice, options: yesNo, required: false, factor: .alcohol),
            ],
            factors: [.lowMood, .alcohol],
            rules: [
                FactorRule(
                    code: "mood-any", factor: .lowMood, kind: .anyOf,
                    triggers: [AnswerPattern(item: "follow-up", options: ["yes"])]),
                FactorRule(
                    code: "mood-sum", factor: .lowMood, kind: .weightedSum,
                    terms: [RuleTerm(item: "number", weight: 2)], cutOff: 8),
                FactorRule(
                    code: "alcohol", factor: .alcohol, kind: .anyOf,
                    triggers: [AnswerPattern(item: "glasses", options: ["yes"])]),
            ], signals: [], acute: [], evidence: [])
    }()

    private static func differs(_ change: (inout InstrumentDefinition) -> Void) throws -> Set<RiskFactor> {
        var changed = definition
        change(&changed)
        let (before, after) = (try FactorDigests(definition), try FactorDigests(changed))
        return Set([RiskFactor.lowMood, .alcohol].filter { before[$0] != after[$0] })
    }

    @Test("depends on its rules: kinds, triggers, weights, cut-offs")
    func rules() throws {
        #expect(try Self.differs { $0.rules[0].triggers[0].options = ["no"] } == [.lowMood])
        #expect(try Self.differs { $0.rules[1].terms?[0].weight = 3 } == [.lowMood])
        #expect(try Self.differs { $0.rules[1].terms?[0].reversed = true } == [.lowMood])
        #expect(try Self.differs { $0.rules[1].cutOff = 7 } == [.lowMood])
        #expect(try Self.differs { $0.rules[2].kind = .atLeast } == [.alcohol])
        #expect(try Self.differs { $0.rules.removeFirst() } == [.lowMood])
    }

    @Test("depends on the items that its rules read, and on those that decide whether they are asked")
    func items() throws {
        #expect(try Self.differs { $0.items[0].options.removeLast() } == [.lowMood], "a gate that no rule names")
        #expect(try Self.differs { $0.items[1].askedWhen = nil } == [.lowMood])
        #expect(try Self.differs { $0.items[2].range = ItemRange(low: 0, high: 10) } == [.lowMood])
        #expect(try Self.differs { $0.items[3].options[0].value = 2 } == [.alcohol])
    }

    @Test("depends on nothing else: order, evidence, signals, whether an item must be answered")
    func others() throws {
        #expect(try Self.differs { $0.items.reverse() } == [])
        #expect(try Self.differs { $0.rules.reverse() } == [])
        #expect(try Self.differs { $0.factors.reverse() } == [])
        #expect(try Self.differs { $0.items[0].required = false } == [])
        #expect(
            try Self.differs {
                $0.signals = [
                    SignalRule(signal: .wantsHelp, triggers: [AnswerPattern(item: "glasses", options: ["no"])])
                ]
            } == [])
        #expect(try Self.differs { $0.evidence = [FactorEvidence(factor: .alcohol, examined: false)] } == [])
    }

    @Test("is never alike where one of them doesn't ask")
    func notAsked() throws {
        let digests = try FactorDigests(Self.definition)
        #expect(digests[.violence] == nil)
        #expect(digests[.alcohol] != digests[.lowMood])
    }
}
