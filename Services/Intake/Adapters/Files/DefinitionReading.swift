internal import Events

/// Reads the codes and rules of an instrument from its file.
enum DefinitionReading {
    static func definition(_ members: inout Members) -> InstrumentDefinition? {
        let items = members.objects("items", countMax: 200, item)
        let factors: [RiskFactor] = members.list("factors", countMax: 20, .known())
        let rules = members.objects("rules", countMax: 100, rule)
        let signals = members.objects("signals", countMax: 20, signal)
        let acute = members.objects("acute", countMax: 50, pattern)
        let evidence = members.objects("evidence", countMax: 20, evidence)
        if items.isEmpty { members.fault("needs at least one item", at: "items") }
        return InstrumentDefinition(
            items: items, factors: factors, rules: rules, signals: signals, acute: acute, evidence: evidence)
    }

    private static func item(_ members: inout Members) -> InstrumentItem? {
        let linkId = members.required("linkId", .code)
        let type: ItemType? = members.required("type", .known())
        let options = members.objects("options", countMax: 50) { members -> AnswerOption? in
            let code = members.required("code", .code)
            let value = members.optional("value", .integer(-1000...1000))
            return code.map { AnswerOption(code: $0, value: value) }
        }
        let required = members.required("required", .flag)
        let factor: RiskFactor? = members.optional("factor", .known())
        let signal: Signal? = members.optional("signal", .known())
        guard let linkId, let type, let required else { return nil }
        return InstrumentItem(
            linkId: linkId, type: type, options: options, required: required, factor: factor, signal: signal)
    }

    private static func rule(_ members: inout Members) -> FactorRule? {
        let code = members.required("code", .code)
        let factor: RiskFactor? = members.required("factor", .known())
        let kind: RuleKind? = members.required("kind", .choice())
        let triggers = members.objects("triggers", countMax: 200, pattern)
        let atLeast = members.optional("atLeast", .integer(1...200))
        guard let code, let factor, let kind else { return nil }
        if (kind == .atLeast) != (atLeast != nil) {
            members.fault("goes with the kind at-least and no other", at: "atLeast")
        }
        if triggers.count < atLeast ?? 1 { members.fault("has fewer triggers than the rule needs", at: "triggers") }
        return FactorRule(code: code, factor: factor, kind: kind, triggers: triggers, atLeast: atLeast)
    }

    private static func pattern(_ members: inout Members) -> AnswerPattern? {
        let item = members.required("item", .code)
        let options = members.list("options", countMax: 50, .code)
        if options.isEmpty { members.fault("needs at least one option", at: "options") }
        return item.map { AnswerPattern(item: $0, options: options) }
    }

    private static func signal(_ members: inout Members) -> SignalRule? {
        let signal: Signal? = members.required("signal", .known())
        let triggers = members.objects("triggers", countMax: 50, pattern)
        return signal.map { SignalRule(signal: $0, triggers: triggers) }
    }

    private static func evidence(_ members: inout Members) -> FactorEvidence? {
        let factor: RiskFactor? = members.required("factor", .known())
        let examined = members.required("examined", .flag)
        let sensitivity = members.object("sensitivity", estimate)
        let specificity = members.object("specificity", estimate)
        let referenceStandard = members.optional("referenceStandard", .text())
        let population = members.optional("population", .text())
        let source = members.optional("source", .text())
        guard let factor, let examined else { return nil }
        return FactorEvidence(
            factor: factor, examined: examined, sensitivity: sensitivity, specificity: specificity,
            referenceStandard: referenceStandard, population: population, source: source)
    }

    private static func estimate(_ members: inout Members) -> Estimate? {
        let percent = members.required("percent", .integer(0...100))
        let low = members.optional("low", .integer(0...100))
        let high = members.optional("high", .integer(0...100))
        return percent.map { Estimate(percent: $0, low: low, high: high) }
    }
}
