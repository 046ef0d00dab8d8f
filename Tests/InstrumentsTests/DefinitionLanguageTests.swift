import Events
import Instruments
import Support
import Testing

@Suite("A faulty instrument")
struct DefinitionLanguageTests {
    @Test("is told its faults, each at its place and no other", arguments: FaultyInstrument.all)
    func fault(_ faulty: FaultyInstrument) throws {
        let told = try faulty.told()
        #expect(told.sorted() == faulty.expected.sorted())
    }

    @Test("meets every rule of the language in these tests")
    func everyRule() throws {
        let told = try FaultyInstrument.all.flatMap { try $0.told() }.map { String($0.split(separator: " ")[1]) }
        #expect(Set(told) == Set(InstrumentFault.Rule.allCases.map(\.rawValue)))
    }

    @Test("is told everything at once, however different")
    func atOnce() throws {
        let faulty = FaultyInstrument(
            "six faults", "/languages language-missing", "items/0/options/2/code twice",
            "factors/2 factor-without-item",
            "rules/1 rule-unreachable", "rules/3/cutOff cut-off-unreachable", "rules/4/triggers/0/item item-unknown"
        ) { published in
            published.languages = []
            published.definition.items[0].options[2].code = "never"
            published.definition.factors.append(.violence)
            published.definition.evidence.append(FactorEvidence(factor: .violence, examined: false))
            published.definition.rules[1].atLeast = 3
            published.definition.rules.append(
                FactorRule(
                    code: "much", factor: .alcohol, kind: .weightedSum, terms: [RuleTerm(item: "k-4", weight: 2)],
                    cutOff: 29))
            published.definition.rules.append(
                FactorRule(
                    code: "none", factor: .violence, kind: .anyOf,
                    triggers: [AnswerPattern(item: "v-1", options: ["yes"])]))
        }
        #expect(try faulty.told().sorted() == faulty.expected.sorted())
    }

    @Test("says in one line what is wrong, and what its author can do")
    func words() throws {
        var published = try InstrumentFiles.checked(InstrumentFiles.kort).published
        published.definition.rules[0].cutOff = 10
        let faults = #expect(throws: InstrumentFaults.self) { try CheckedInstrument(published) }
        #expect(
            faults?.description
                == "/definition/rules/0/cutOff: no answers add up to it: the greatest sum is 9 (cut-off-unreachable)")
        #expect(faults?.hint.contains("next version") == true)
    }
}
