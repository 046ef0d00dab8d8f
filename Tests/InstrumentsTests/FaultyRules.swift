import Events

extension FaultyInstrument {
    static let rules = [
        FaultyInstrument("an unknown item", "rules/1/triggers/1/item item-unknown", "items/4/factor item-unused") {
            $0.definition.rules[1].triggers[1].item = "k-9"
        },
        FaultyInstrument(
            "an unknown item in a sum", "rules/0/terms/1/item item-unknown",
            "items/1/factor item-unused"
        ) { $0.definition.rules[0].terms?[1].item = "k-9" },
        FaultyInstrument("an unknown option", "rules/1/triggers/1/options/0 option-unknown") {
            $0.definition.rules[1].triggers[1].options = ["perhaps"]
        },
        FaultyInstrument("an option twice", "rules/1/triggers/1/options/1 twice") {
            $0.definition.rules[1].triggers[1].options = ["yes", "yes"]
        },
        FaultyInstrument("no option", "rules/1/triggers/1/options missing") {
            $0.definition.rules[1].triggers[1].options = []
        },
        FaultyInstrument("an interval of a choice", "rules/1/triggers/1/from not-taken") {
            $0.definition.rules[1].triggers[1].from = 1
        },
        FaultyInstrument("options of a whole number", "rules/2/triggers/0/options not-taken") {
            $0.definition.rules[2].triggers[0].options = ["12"]
        },
        FaultyInstrument("neither from nor to", "rules/2/triggers/0 missing") {
            $0.definition.rules[2].triggers[0].from = nil
        },
        FaultyInstrument("an interval outside the range", "rules/2/triggers/0 out-of-bounds") {
            $0.definition.rules[2].triggers[0].to = 15
        },
        FaultyInstrument("an item twice in a rule", "rules/1/triggers/1/item twice", "items/4/factor item-unused") {
            $0.definition.rules[1].triggers[1] = AnswerPattern(item: "k-4", from: 9)
        },
        FaultyInstrument("a rule's code twice", "rules/2/code twice") { $0.definition.rules[2].code = "alcohol-two" },
        FaultyInstrument("a rule's code with a space", "rules/2/code form-wrong") {
            $0.definition.rules[2].code = "a b"
        },
        FaultyInstrument("at-least without number", "rules/1/atLeast missing") { $0.definition.rules[1].atLeast = nil },
        FaultyInstrument("at least none", "rules/1/atLeast out-of-bounds") { $0.definition.rules[1].atLeast = 0 },
        FaultyInstrument(
            "any-of with members of others", "rules/2/terms not-taken", "rules/2/cutOff not-taken",
            "rules/2/atLeast not-taken"
        ) {
            $0.definition.rules[2].terms = []
            $0.definition.rules[2].cutOff = 1
            $0.definition.rules[2].atLeast = 1
        },
        FaultyInstrument("a sum with triggers", "rules/0/triggers not-taken") {
            $0.definition.rules[0].triggers = [AnswerPattern(item: "k-1", options: ["often"])]
        },
        FaultyInstrument(
            "a sum of nothing up to nothing", "rules/0/terms missing", "rules/0/cutOff missing",
            "items/0/factor item-unused", "items/1/factor item-unused"
        ) {
            $0.definition.rules[0].terms = nil
            $0.definition.rules[0].cutOff = nil
        },
        FaultyInstrument("no triggers", "rules/2/triggers missing") { $0.definition.rules[2].triggers = [] },
        FaultyInstrument("a weight of nothing", "rules/0/terms/0/weight out-of-bounds") {
            $0.definition.rules[0].terms?[0].weight = 0
        },
        FaultyInstrument("an option without value in a sum", "rules/0/terms/0/item missing") {
            $0.definition.items[0].options[1].value = nil
        },
    ]

    static let reach = [
        FaultyInstrument("a cut-off that no answers reach", "rules/0/cutOff cut-off-unreachable") {
            $0.definition.rules[0].cutOff = 10
        },
        FaultyInstrument("a cut-off that every answer reaches", "rules/0 rule-always-holds") {
            $0.definition.rules[0].cutOff = 0
        },
        FaultyInstrument(
            "a cut-off that no answers reach, in a rule of another's code", "rules/2/code twice",
            "rules/2 rule-unreachable"
        ) {
            $0.definition.rules[2].code = "alcohol-two"
            $0.definition.rules[2].kind = .atLeast
            $0.definition.rules[2].atLeast = 2
        },
        FaultyInstrument("more answers than the rule has", "rules/1 rule-unreachable") {
            $0.definition.rules[1].atLeast = 3
        },
        FaultyInstrument("answers that can't go together", "rules/1 rule-unreachable") {
            // Nobody who said 8 or more is asked k-5 any longer.
            $0.definition.items[4].askedWhen = AnswerPattern(item: "k-4", to: 7)
        },
        FaultyInstrument("sums too far apart", "rules/0 sum-too-wide") {
            $0.definition.rules[0].terms?[0].weight = 100
            $0.definition.items[0].options[3].value = 20
        },
    ]

    static let factorsAndSignals = [
        FaultyInstrument(
            "a factor without item or rule", "factors/2 factor-without-item",
            "factors/2 factor-without-rule", "evidence evidence-incomplete"
        ) { $0.definition.factors.append(.violence) },
        FaultyInstrument("a factor twice", "factors/2 twice") { $0.definition.factors.append(.alcohol) },
        FaultyInstrument(
            "no factor at all", "factors missing", "rules/0/factor not-reported",
            "rules/1/factor not-reported", "rules/2/factor not-reported", "items/0/factor not-reported",
            "items/1/factor not-reported", "items/2/factor not-reported", "items/3/factor not-reported",
            "items/4/factor not-reported", "evidence/0/factor not-reported", "evidence/1/factor not-reported"
        ) {
            $0.definition.factors = []
        },
        FaultyInstrument(
            "no item", "items missing", "factors/0 factor-without-item", "factors/1 factor-without-item",
            "rules/0/terms/0/item item-unknown", "rules/0/terms/1/item item-unknown",
            "rules/1/triggers/0/item item-unknown", "rules/1/triggers/1/item item-unknown",
            "rules/2/triggers/0/item item-unknown", "signals/0/triggers/0/item item-unknown",
            "acute/0/item item-unknown"
        ) { $0.definition.items = [] },
        FaultyInstrument("a signal that isn't reported", "items/5/signal not-reported") { $0.definition.signals = [] },
        FaultyInstrument("a signal twice", "signals/1/signal twice") {
            $0.definition.signals.append($0.definition.signals[0])
        },
        FaultyInstrument("a signal without answers", "signals/0/triggers missing", "items/5/signal item-unused") {
            $0.definition.signals[0].triggers = []
        },
        FaultyInstrument("too many acute marks", "acute too-many") {
            $0.definition.acute = Array(repeating: AnswerPattern(item: "k-4", from: 14), count: 101)
        },
        FaultyInstrument("an acute mark of an unknown item", "acute/0/item item-unknown") {
            $0.definition.acute[0].item = "k-9"
        },
    ]

    static let evidence = [
        FaultyInstrument("no accuracy", "evidence evidence-incomplete") { $0.definition.evidence.removeLast() },
        FaultyInstrument("accuracy twice", "evidence/2/factor twice") {
            $0.definition.evidence.append($0.definition.evidence[0])
        },
        FaultyInstrument(
            "accuracy without figures and source", "evidence/0 evidence-incomplete",
            "evidence/0/referenceStandard evidence-incomplete", "evidence/0/population evidence-incomplete",
            "evidence/0/source evidence-incomplete"
        ) { $0.definition.evidence[0].examined = true },
        FaultyInstrument("a predictive value alone", "formEvidence evidence-incomplete") {
            $0.definition.formEvidence = Accuracy(
                examined: true, positivePredictiveValue: Estimate(percent: 67), referenceStandard: "a",
                population: "b", source: "c")
        },
        FaultyInstrument(
            "figures of what nobody examined", "evidence/0/sensitivity evidence-incomplete",
            "evidence/0/source evidence-incomplete"
        ) {
            $0.definition.evidence[0].sensitivity = Estimate(percent: 90)
            $0.definition.evidence[0].source = "nowhere"
        },
        FaultyInstrument("a signal without accuracy", "signals/0/evidence evidence-incomplete") {
            $0.definition.signals[0].evidence = nil
        },
        FaultyInstrument(
            "a figure and a range of the same, a range of nothing, and one of what nobody examined",
            "formEvidence/sensitivityWithin not-taken", "formEvidence/specificityWithin out-of-bounds",
            "evidence/0/specificityWithin evidence-incomplete"
        ) {
            $0.definition.formEvidence = Accuracy(
                examined: true, sensitivity: Estimate(percent: 90),
                sensitivityWithin: PublishedRange(low: 80, high: 95),
                specificityWithin: PublishedRange(low: 91, high: 64), referenceStandard: "a", population: "b",
                source: "c")
            $0.definition.evidence[0].specificityWithin = PublishedRange(low: 64, high: 91)
        },
        FaultyInstrument(
            "an interval beside its estimate", "formEvidence/sensitivity out-of-bounds",
            "formEvidence/specificity out-of-bounds", "formEvidence/positivePredictiveValue out-of-bounds"
        ) {
            $0.definition.formEvidence = Accuracy(
                examined: true, sensitivity: Estimate(percent: 90, low: 91, high: 95),
                specificity: Estimate(percent: 90, low: 80), positivePredictiveValue: Estimate(percent: 101),
                referenceStandard: "a", population: "b", source: "c")
        },
    ]
}
