import Events
import Support

/// Fills in forms so that the chosen factors have an outcome and the others don't, in as many ways as the rules allow.
struct AnswerSheet {
    let definition: InstrumentDefinition

    /// A complete form. Factors that weren't examined, and the wish for help, are answered without outcome.
    func form(outcomesOn chosen: Set<RiskFactor>, using random: inout SeededGenerator) -> [ItemAnswer] {
        var triggering: Set<String> = []
        for rule in definition.rules where chosen.contains(rule.factor) {
            let needed = rule.atLeast ?? 1
            let count = Int.random(in: needed...rule.triggers.count, using: &random)
            triggering.formUnion(rule.triggers.shuffled(using: &random).prefix(count).map(\.item))
        }
        let patterns = Dictionary(
            (definition.rules.flatMap(\.triggers) + definition.signals.flatMap(\.triggers)).map { ($0.item, $0) }
        ) { first, _ in first }
        return definition.items.map { item in
            let counting = Set(patterns[item.linkId]?.options ?? [])
            let codes = item.options.map(\.code).filter { counting.contains($0) == triggering.contains(item.linkId) }
            let code = codes.randomElement(using: &random) ?? ""
            return ItemAnswer(item: item.linkId, value: .code(code))
        }
    }
}
