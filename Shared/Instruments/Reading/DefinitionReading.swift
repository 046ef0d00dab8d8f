internal import Documents
internal import Events

/// Reads the codes and rules of an instrument from its file. Where something can't be read a stand-in takes its place,
/// so that everything else keeps its own.
enum DefinitionReading {
    static func definition(_ members: inout Members) -> InstrumentDefinition {
        let items = members.objects("items", countMax: InstrumentLimits.itemsMax, standIn: noItem, item)
        let factors = members.list(
            "factors", countMax: InstrumentLimits.rulesMax, standIn: noFactor, .one(of: RiskFactor.known))
        let rules = members.objects("rules", countMax: InstrumentLimits.rulesMax, standIn: noRule, rule)
        let signals = members.objects("signals", countMax: InstrumentLimits.rulesMax, standIn: noSignal, signal)
        let acute = members.objects("acute", countMax: InstrumentLimits.rulesMax, standIn: noPattern, pattern)
        let evidence = members.objects(
            "evidence", countMax: InstrumentLimits.rulesMax, standIn: noEvidence, EvidenceReading.factor)
        let formEvidence = members.object("formEvidence", EvidenceReading.accuracy)
        return InstrumentDefinition(
            items: items, factors: factors, rules: rules, signals: signals, acute: acute, evidence: evidence,
            formEvidence: formEvidence)
    }

    private static func item(_ members: inout Members) -> InstrumentItem? {
        InstrumentItem(
            linkId: members.required("linkId", .code) ?? "",
            type: members.required("type", .one(of: ItemType.known)) ?? noItem.type,
            options: members.objects(
                "options", countMax: InstrumentLimits.optionsMax, standIn: AnswerOption(code: "")
            ) { members in
                AnswerOption(
                    code: members.required("code", .code) ?? "",
                    value: members.optional("value", .integer(InstrumentLimits.values)))
            },
            required: members.required("required", .flag) ?? false,
            factor: members.optional("factor", .one(of: RiskFactor.known)),
            signal: members.optional("signal", .one(of: Signal.known)),
            range: members.object("range") { members in
                let low = members.required("low", .integer(InstrumentLimits.values))
                let high = members.required("high", .integer(InstrumentLimits.values))
                guard let low, let high else { return nil }
                return ItemRange(low: low, high: high)
            },
            askedWhen: members.object("askedWhen", pattern))
    }

    private static func rule(_ members: inout Members) -> FactorRule? {
        let terms =
            members.has("terms")
            ? members.objects("terms", countMax: InstrumentLimits.itemsMax, standIn: noTerm, term) : nil
        return FactorRule(
            code: members.required("code", .code) ?? "",
            factor: members.required("factor", .one(of: RiskFactor.known)) ?? noFactor,
            kind: members.required("kind", .choice()) ?? noRule.kind,
            triggers: members.objects("triggers", countMax: InstrumentLimits.itemsMax, standIn: noPattern, pattern),
            atLeast: members.optional("atLeast", .integer(1...InstrumentLimits.itemsMax)), terms: terms,
            cutOff: members.optional("cutOff", .integer(-1_000_000...1_000_000)))
    }

    private static func term(_ members: inout Members) -> RuleTerm? {
        RuleTerm(
            item: members.required("item", .code) ?? "",
            weight: members.required("weight", .integer(InstrumentLimits.weights)) ?? 1,
            reversed: members.optional("reversed", .flag))
    }

    private static func pattern(_ members: inout Members) -> AnswerPattern? {
        AnswerPattern(
            item: members.required("item", .code) ?? "",
            options: members.list("options", countMax: InstrumentLimits.optionsMax, standIn: "", .code),
            from: members.optional("from", .integer(InstrumentLimits.values)),
            to: members.optional("to", .integer(InstrumentLimits.values)))
    }

    private static func signal(_ members: inout Members) -> SignalRule? {
        SignalRule(
            signal: members.required("signal", .one(of: Signal.known)) ?? noSignal.signal,
            triggers: members.objects("triggers", countMax: InstrumentLimits.itemsMax, standIn: noPattern, pattern),
            evidence: members.object("evidence", EvidenceReading.accuracy))
    }

    private static let noItem = InstrumentItem(linkId: "", type: ItemType(rawValue: ""), options: [], required: false)
    private static let noFactor = RiskFactor(rawValue: "")
    private static let noRule = FactorRule(code: "", factor: noFactor, kind: .anyOf)
    private static let noTerm = RuleTerm(item: "", weight: 1)
    private static let noPattern = AnswerPattern(item: "")
    private static let noSignal = SignalRule(signal: Signal(rawValue: ""), triggers: [])
    private static let noEvidence = FactorEvidence(factor: noFactor, examined: false)
}
