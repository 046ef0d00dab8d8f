/// Draws the answers of one form: with an outcome or without, whole or not.
struct Answers {
    let instrument: Instrument

    func draw(_ form: PlannedForm, by dice: inout Dice) -> [String: String] {
        var answers: [String: String] = [:]
        for item in instrument.definition.items { answers[item.linkId] = dice.one(of: harmless(item)) }
        var triggered: Set<String> = []
        if form.hasOutcome {
            let factors = dice.one(of: [(1, weight: 6), (2, weight: 3), (3, weight: 1)])
            for rule in dice.shuffled(instrument.definition.rules).prefix(factors) {
                for trigger in dice.shuffled(rule.triggers).prefix(rule.needed) {
                    answers[trigger.item] = dice.one(of: trigger.options)
                    triggered.insert(trigger.item)
                }
            }
        }
        if form.isPartial {
            let others = answers.keys.sorted().filter { !triggered.contains($0) }
            for item in dice.shuffled(others).prefix(dice.number(1...2)) { answers[item] = nil }
        }
        return answers
    }

    /// Answers that no rule asks for; an item where every answer is asked for keeps them all.
    private func harmless(_ item: Instrument.Item) -> [String] {
        let asked = instrument.definition.rules.flatMap(\.triggers).filter { $0.item == item.linkId }
            .flatMap(\.options)
        let codes = item.options.map(\.code)
        let others = codes.filter { !asked.contains($0) }
        return others.isEmpty ? codes : others
    }
}
