import Events
import Instruments
import Support

/// The small instrument with something wrong, and what has to be told about it.
struct FaultyInstrument: Sendable, CustomStringConvertible {
    let description: String
    let expected: [String]
    let spoil: @Sendable (inout InstrumentPublished) -> Void

    /// `expected` are places and rules, as `/languages language-missing`; places without a leading slash lie in the
    /// definition.
    init(
        _ description: String, _ expected: String..., spoil: @escaping @Sendable (inout InstrumentPublished) -> Void
    ) {
        self.description = description
        self.expected = expected.map { $0.hasPrefix("/") ? $0 : "/definition/\($0)" }
        self.spoil = spoil
    }

    /// What the check tells.
    func told() throws -> [String] {
        var published = try InstrumentFiles.checked(InstrumentFiles.kort).published
        spoil(&published)
        do throws(InstrumentFaults) {
            _ = try CheckedInstrument(published)
            return []
        } catch {
            return error.all.map { "\($0.place) \($0.rule.rawValue)" }
        }
    }

    static let aroundDefinition = [
        FaultyInstrument("a code with a space", "/instrument/code form-wrong") { $0.instrument.code = "K T" },
        FaultyInstrument("a version with a slash", "/instrument/version form-wrong") { $0.instrument.version = "1/0" },
        FaultyInstrument("no language", "/languages language-missing") { $0.languages = [] },
        FaultyInstrument("no language tag", "/languages/1 form-wrong") { $0.languages.append("svenska!") },
        FaultyInstrument("a language twice", "/languages/1 twice") { $0.languages.append("sv") },
        FaultyInstrument("too many languages", "/languages too-many") {
            $0.languages = (10..<61).map { "sv-\($0)" }
        },
        FaultyInstrument("an end before the beginning", "/validTo out-of-bounds") {
            $0.validTo = CalendarDay("2022-12-31")
        },
        FaultyInstrument("a version that scores itself again", "/rescores/version not-taken") {
            $0.rescores = CalendarDay("2026-01-01").map { Rescoring(version: "1.0.0", from: $0) }
        },
        FaultyInstrument("no version to score again", "/rescores/version form-wrong") {
            $0.rescores = CalendarDay("2026-01-01").map { Rescoring(version: "", from: $0) }
        },
    ]

    static let items = [
        FaultyInstrument(
            "a code with a space", "items/5/linkId form-wrong", "signals/0/triggers/0/item item-unknown",
            "items/5/signal item-unused"
        ) { $0.definition.items[5].linkId = "k 6" },
        FaultyInstrument("an item twice", "items/5/linkId twice") {
            $0.definition.items[5] = $0.definition.items[2]
            $0.definition.signals[0].triggers = [AnswerPattern(item: "k-3", options: ["true"])]
        },
        FaultyInstrument("an unknown type", "items/5/type type-unknown") {
            $0.definition.items[5].type = ItemType(rawValue: "date")
        },
        FaultyInstrument("a choice without options", "items/0/options missing") { $0.definition.items[0].options = [] },
        FaultyInstrument("a Boolean with options", "items/2/options not-taken") {
            $0.definition.items[2].options = [AnswerOption(code: "yes")]
        },
        FaultyInstrument("overlapping option codes", "items/0/options/2/code twice") {
            $0.definition.items[0].options[2].code = "never"
        },
        FaultyInstrument("an option's code with a space", "items/0/options/2/code form-wrong") {
            $0.definition.items[0].options[2].code = "now and then"
        },
        FaultyInstrument("a value out of bounds", "items/0/options/3/value out-of-bounds") {
            $0.definition.items[0].options[3].value = 1001
        },
        FaultyInstrument("a whole number without range", "items/3/range missing") {
            $0.definition.items[3].range = nil
        },
        FaultyInstrument(
            "a range the wrong way round", "items/3/range out-of-bounds",
            "items/4/askedWhen out-of-bounds", "rules/1/triggers/0 out-of-bounds", "rules/2/triggers/0 out-of-bounds",
            "acute/0 out-of-bounds"
        ) { $0.definition.items[3].range = ItemRange(low: 14, high: 0) },
        FaultyInstrument("a choice with a range", "items/0/range not-taken") {
            $0.definition.items[0].range = ItemRange(low: 0, high: 1)
        },
        FaultyInstrument("a factor and a signal", "items/5/signal not-taken", "items/5/factor item-unused") {
            $0.definition.items[5].factor = .alcohol
        },
        FaultyInstrument("too many options", "items/0/options too-many") {
            $0.definition.items[0].options = (0...50).map { (place: Int) in
                AnswerOption(code: "o\(place)", value: place)
            }
        },
        FaultyInstrument("too many items", "items too-many") { published in
            published.definition.items += (0..<200).map {
                InstrumentItem(linkId: "x\($0)", type: .boolean, options: [], required: false)
            }
        },
        FaultyInstrument(
            "a gate that stands later", "items/3/askedWhen/item gate-not-earlier", "items/2/factor item-unused"
        ) {
            $0.definition.items[3].askedWhen = AnswerPattern(item: "k-6", options: ["true"])
        },
        FaultyInstrument(
            "an item that waits for itself", "items/3/askedWhen/item gate-not-earlier", "items/2/factor item-unused"
        ) {
            $0.definition.items[3].askedWhen = AnswerPattern(item: "k-4", from: 1)
        },
        FaultyInstrument(
            "a gate that isn't there", "items/3/askedWhen/item item-unknown", "items/2/factor item-unused"
        ) {
            $0.definition.items[3].askedWhen = AnswerPattern(item: "k-9", options: ["true"])
        },
        FaultyInstrument("a gate's option that isn't there", "items/3/askedWhen/options/0 option-unknown") {
            $0.definition.items[3].askedWhen = AnswerPattern(item: "k-3", options: ["yes"])
        },
    ]

    static let all = aroundDefinition + items + rules + reach + factorsAndSignals + evidence
}
