import Events
import Foundation
import Instruments
import Support
import Testing

@Suite("Instruments of the repository")
struct RightInstrumentsTests {
    @Test("keep every rule of the language, and their hash is that of their content", arguments: InstrumentFiles.all)
    func right(path: String) throws {
        let checked = try InstrumentFiles.checked(path)
        #expect(try checked.published.hashMatches())
        #expect(checked.rules.map(\.code) == checked.published.definition.rules.map(\.code))
    }

    @Test("the placeholder says on its face what it is, and claims nothing about child safety and need of help")
    func placeholder() throws {
        let definition = try InstrumentFiles.checked(InstrumentFiles.placeholder).published.definition
        #expect(definition.items.count == 18 && definition.factors == RiskFactor.known)
        let evidence = Dictionary(uniqueKeysWithValues: definition.evidence.map { ($0.factor, $0) })
        #expect(evidence[.childSafety]?.examined == false && definition.signals[0].evidence?.examined == false)
        // Engström et al. 2023: the sensitivities, and the specificities that are published one by one.
        #expect(
            RiskFactor.known.map { evidence[$0]?.sensitivity?.percent } == [nil, 80, 89, 78, 70, 47]
                && RiskFactor.known.map { evidence[$0]?.specificity?.percent } == [nil, nil, 64, nil, 91, 91])
        // Of the other two it is published only that they lie between the least and the greatest of the five.
        let range = PublishedRange(low: 64, high: 91)
        #expect(
            RiskFactor.known.map { evidence[$0]?.specificityWithin } == [nil, range, nil, range, nil, nil])
        let file = try JSONDecoder().decode(JSONValue.self, from: Repository.bytes(InstrumentFiles.placeholder))
        for text in [file["notice"]?.text, file["questionnaire"]?["title"]?.text] {
            #expect(text?.uppercased().contains("PLATSHÅLLARE") == true)
        }
        #expect(file["questionnaire"]?["description"] == file["notice"] && file["licensed"] == false)
    }

    @Test("a second version and a smaller instrument have other items, rules and thresholds")
    func others() throws {
        let second = try InstrumentFiles.checked(InstrumentFiles.placeholder2).published
        #expect(second.definition.items.count == 19 && second.rescores?.version == "1.1.0")
        let small = try InstrumentFiles.checked(InstrumentFiles.kort).published.definition
        #expect(small.items.count == 6 && small.factors == [.parentalStress, .alcohol])
        #expect(Set(small.rules.map(\.kind)) == Set(RuleKind.allCases))
        #expect(Set(small.items.map(\.type)) == Set(ItemType.known))
    }

    @Test("the recorded event keeps every rule too")
    func recorded() throws {
        let event = try EventCodec.decode(
            Event<InstrumentPublished>.self, from: EventFixture.recorded(.instrumentPublished).value)
        #expect(throws: Never.self) { try CheckedInstrument(event.body) }
    }
}
