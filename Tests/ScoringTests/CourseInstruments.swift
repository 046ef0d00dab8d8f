import Events

/// Versions of one small questionnaire over two factors, by the numbers of their versions; and a second questionnaire,
/// whose one version asks and decides as the first one's version 1.
///
/// Alcohol is decided alike by 1, 2 and 4; version 3 offers one answer less. Low mood needs two answers under 1, one
/// under 2 and 3, three under 4.
enum CourseInstruments {
    static let moodItems = ["m1", "m2", "m3"]
    /// Answers of low mood that make an outcome, by version.
    static let moodNeeded = [1: 2, 2: 1, 3: 1, 4: 3]
    /// What may be answered about alcohol, by version.
    static let alcoholOptions = [
        1: ["yes", "no", "maybe"], 2: ["yes", "no", "maybe"], 3: ["yes", "no"], 4: ["yes", "no", "maybe"],
    ]
    /// Which version scores which again, and from which day on.
    static let claims: [Int: (old: Int, from: String)] = [
        2: (1, "2026-09-10"), 3: (2, "2026-09-15"), 4: (1, "2026-09-20"),
    ]
    static let sameAlcohol: [Set<Int>] = [[1, 2, 4], [3]]
    static let sameMood: [Set<Int>] = [[1], [2, 3], [4]]

    static let code = "course"
    /// Its name begins as the first one's.
    static let otherCode = "course/other"

    static func published(_ version: Int, rescores: Bool = true, of code: String = code) throws -> InstrumentPublished {
        func item(_ code: String, _ factor: RiskFactor, _ options: [String]) -> InstrumentItem {
            InstrumentItem(
                linkId: code, type: .choice, options: options.map { AnswerOption(code: $0) }, required: false,
                factor: factor)
        }
        let definition = InstrumentDefinition(
            items: [item("a1", .alcohol, alcoholOptions[version] ?? [])]
                + moodItems.map { item($0, .lowMood, ["yes", "no"]) },
            factors: [.alcohol, .lowMood],
            rules: [
                FactorRule(
                    code: "alcohol-any", factor: .alcohol, kind: .anyOf,
                    triggers: [AnswerPattern(item: "a1", options: ["yes"])]),
                FactorRule(
                    code: "mood-some", factor: .lowMood, kind: .atLeast,
                    triggers: moodItems.map { AnswerPattern(item: $0, options: ["yes"]) },
                    atLeast: moodNeeded[version]),
            ],
            signals: [], acute: [AnswerPattern(item: "a1", options: ["yes"])],
            evidence: [
                FactorEvidence(factor: .alcohol, examined: false), FactorEvidence(factor: .lowMood, examined: false),
            ])
        let hash = try InstrumentPublished.contentHash(
            code: code, version: String(version), definition: definition)
        guard let validFrom = CalendarDay("2026-01-01") else { throw Unmade() }
        var published = InstrumentPublished(
            instrument: InstrumentReference(code: code, version: String(version), sha256: hash),
            languages: ["sv"], validFrom: validFrom, licensed: false, definition: definition)
        if rescores, let claim = claims[version], let from = CalendarDay(claim.from) {
            published.rescores = Rescoring(version: String(claim.old), from: from)
        }
        return published
    }

    struct Unmade: Error {}
}
