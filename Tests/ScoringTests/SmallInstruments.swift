import Events
import Instruments
import Support

/// Instruments of two to four items from a seed: every kind of item, rule and follow-up that the language has. Only
/// those that pass the check are given.
struct SmallInstruments {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> CheckedInstrument {
        while true {
            let items = items()
            let factors: [RiskFactor] = [.lowMood, .alcohol]
            var definition = InstrumentDefinition(
                items: items, factors: factors, rules: [], signals: [], acute: [],
                evidence: factors.map { FactorEvidence(factor: $0, examined: false) })
            for index in 0..<Int.random(in: 2...4, using: &random) {
                definition.rules.append(rule("r\(index)", factors[index % 2], items))
            }
            definition.acute = [pattern(of: items.randomElement(using: &random) ?? items[0])]
            definition.signals = [
                SignalRule(
                    signal: .wantsHelp, triggers: [pattern(of: items.randomElement(using: &random) ?? items[0])],
                    evidence: Events.Accuracy(examined: false))
            ]
            // Which factor an item says that it belongs to doesn't matter to a score.
            for index in items.indices {
                definition.items[index].factor = definition.rules.first { $0.looks(at: items[index].linkId) }?.factor
            }
            let published = InstrumentPublished(
                instrument: InstrumentReference(code: "small", version: "1", sha256: ""), languages: ["sv"],
                validFrom: CalendarDay("2026-01-01")!, licensed: false, definition: definition)
            if let checked = try? CheckedInstrument(published) { return checked }
        }
    }

    private mutating func items() -> [InstrumentItem] {
        var items: [InstrumentItem] = []
        for index in 0..<Int.random(in: 2...4, using: &random) {
            var item = InstrumentItem(linkId: "i\(index)", type: .boolean, options: [], required: true)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: break
            case 1:
                item.type = .integer
                let low = Int.random(in: -2...1, using: &random)
                item.range = ItemRange(low: low, high: low + Int.random(in: 1...3, using: &random))
            default:
                item.type = .choice
                item.options = (0..<Int.random(in: 2...3, using: &random)).map { option in
                    AnswerOption(code: "o\(option)", value: Int.random(in: -1...4, using: &random))
                }
            }
            if let gate = items.randomElement(using: &random), Bool.random(using: &random) {
                item.askedWhen = pattern(of: gate)
            }
            items.append(item)
        }
        return items
    }

    private mutating func rule(_ code: String, _ factor: RiskFactor, _ items: [InstrumentItem]) -> FactorRule {
        let chosen = items.shuffled(using: &random).prefix(Int.random(in: 1...items.count, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return FactorRule(code: code, factor: factor, kind: .anyOf, triggers: chosen.map { pattern(of: $0) })
        case 1:
            return FactorRule(
                code: code, factor: factor, kind: .atLeast, triggers: chosen.map { pattern(of: $0) },
                atLeast: Int.random(in: 1...chosen.count, using: &random))
        default:
            let terms = chosen.map { item in
                RuleTerm(
                    item: item.linkId, weight: Int.random(in: 1...3, using: &random),
                    reversed: Bool.random(using: &random) ? true : nil)
            }
            return FactorRule(
                code: code, factor: factor, kind: .weightedSum, terms: terms,
                cutOff: Int.random(in: -2...9, using: &random))
        }
    }

    private mutating func pattern(of item: InstrumentItem) -> AnswerPattern {
        if let range = item.range {
            let from = Int.random(in: range.low...range.high, using: &random)
            let to = Int.random(in: from...range.high, using: &random)
            return AnswerPattern(
                item: item.linkId, from: from, to: Bool.random(using: &random) ? to : nil)
        }
        let codes = item.type == .boolean ? ["true", "false"] : item.options.map(\.code)
        let count = Int.random(in: 1...codes.count, using: &random)
        return AnswerPattern(item: item.linkId, options: Array(codes.shuffled(using: &random).prefix(count)))
    }
}

extension FactorRule {
    func looks(at item: String) -> Bool {
        triggers.contains { $0.item == item } || (terms ?? []).contains { $0.item == item }
    }
}
