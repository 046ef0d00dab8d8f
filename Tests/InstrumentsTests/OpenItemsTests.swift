import Events
import Instruments
import Support
import Testing

/// As large as the language allows: what its author wrote must not hold up everybody's forms.
@Suite("The items that could still change a result")
struct OpenItemsTests {
    /// An instrument of one factor, which a sum over some of its items decides.
    private static func instrument(
        _ items: [InstrumentItem], summing: ArraySlice<InstrumentItem>, upTo cutOff: Int
    ) throws -> CheckedInstrument {
        let definition = InstrumentDefinition(
            items: items, factors: [.alcohol],
            rules: [
                FactorRule(
                    code: "sum", factor: .alcohol, kind: .weightedSum,
                    terms: summing.map { RuleTerm(item: $0.linkId, weight: 1) }, cutOff: cutOff)
            ],
            signals: [], acute: [], evidence: [FactorEvidence(factor: .alcohol, examined: false)])
        return try CheckedInstrument(
            InstrumentPublished(
                instrument: InstrumentReference(code: "large", version: "1", sha256: ""), languages: ["sv"],
                validFrom: CalendarDay("2026-01-01")!, licensed: false, definition: definition))
    }

    private static func number(
        _ place: Int, upTo high: Int, askedWhen: AnswerPattern? = nil
    ) -> InstrumentItem {
        InstrumentItem(
            linkId: "i\(place)", type: .integer, options: [], required: false, factor: .alcohol,
            range: ItemRange(low: 0, high: high), askedWhen: askedWhen)
    }

    private static func open(_ checked: CheckedInstrument, _ answers: [ItemAnswer] = []) throws -> [String] {
        checked.rules[0].open(try checked.questions.read(answers), in: checked.questions)
    }

    @Test("are found at once among as many as there may be, answered by whole numbers", .timeLimit(.minutes(1)))
    func many() throws {
        let items = (0..<200).map { Self.number($0, upTo: 10) }
        let checked = try Self.instrument(items, summing: items[...], upTo: 1000)
        #expect(try Self.open(checked) == items.map(\.linkId))
        let half = items.prefix(100).map { ItemAnswer(item: $0.linkId, value: .integer(5)) }
        #expect(try Self.open(checked, half) == items.suffix(100).map(\.linkId))
    }

    @Test("are found at once among follow-ups of one question, each asked from another number", .timeLimit(.minutes(1)))
    func manyFollowUps() throws {
        let gate = Self.number(0, upTo: 1000)
        let followUps = (1..<100).map { Self.number($0, upTo: 5, askedWhen: AnswerPattern(item: "i0", from: $0)) }
        let checked = try Self.instrument([gate] + followUps, summing: followUps[...], upTo: 350)
        #expect(try Self.open(checked) == (["i0"] + followUps.map(\.linkId)))
        // With 75 asked 375 can be reached, with 69 no more than 345.
        #expect(try Self.open(checked, [ItemAnswer(item: "i0", value: .integer(75))]).count == 75)
        #expect(try Self.open(checked, [ItemAnswer(item: "i0", value: .integer(69))]).isEmpty)
    }

    @Test("are found at once in a chain of follow-ups", .timeLimit(.minutes(1)))
    func chain() throws {
        let items = (0..<200).map { place in
            Self.number(
                place, upTo: 10, askedWhen: place == 0 ? nil : AnswerPattern(item: "i\(place - 1)", from: 1))
        }
        let checked = try Self.instrument(items, summing: items[...], upTo: 1995)
        // Six short of everything, the last could be a nought still.
        #expect(try Self.open(checked) == items.map(\.linkId))
    }
}
