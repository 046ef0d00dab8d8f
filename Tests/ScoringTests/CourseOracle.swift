import Events
import Foundation
import Runtime

@testable import Scoring

/// What must stand in the end, worked out from the facts at once and written apart from what is tested: no order of
/// arrival, no store, no rules but those of `CourseInstruments`.
struct CourseOracle {
    struct Expected: Equatable, CustomStringConvertible {
        let ruledBy: Int
        let questionnaire: String
        let alcohol: String
        let mood: String
        let acute: Bool

        var description: String {
            "\(questionnaire)/\(ruledBy): alcohol \(alcohol), mood \(mood)\(acute ? ", acute" : "")"
        }
    }

    private struct Form {
        let event: Event<AnswersSubmitted>
        let ruledBy: Int
        let alcohol: FactorResult
        let mood: FactorResult
        let acute: Bool
    }

    /// By screening; none for those that were taken back.
    let expected: [ScreeningID: Expected]
    /// How many are decided by another version than they were given under last.
    let foreign: Int
    /// Screenings whose last word is a retraction.
    let retracted: Set<ScreeningID>

    init(_ history: CourseHistory) {
        let bySubject = Dictionary(grouping: history.facts.filter { $0.screening != nil }) { $0.screening }
        let last = bySubject.values.compactMap { facts in facts.max { $0.revision < $1.revision } }
        var forms: [Form] = []
        var retracted: Set<ScreeningID> = []
        for fact in last {
            switch fact {
            case .form(let event, _): forms.append(Self.scored(event, versions: Set(history.versions)))
            case .retraction(let event, _): retracted.insert(event.body.screening)
            case .instrument: break
            }
        }
        var expected: [ScreeningID: Expected] = [:]
        let courses = Dictionary(grouping: forms) { [$0.event.body.respondent.text, $0.event.body.instrument.code] }
        for course in courses.values {
            let ordered = course.sorted {
                ($0.event.body.ageDays, $0.event.body.screening.text)
                    < ($1.event.body.ageDays, $1.event.body.screening.text)
            }
            for (index, form) in ordered.enumerated() {
                let before = index > 0 ? ordered[index - 1] : nil
                expected[form.event.body.screening] = Expected(
                    ruledBy: form.ruledBy, questionnaire: form.event.body.instrument.code,
                    alcohol: Self.word(form, since: before, \.alcohol, CourseInstruments.sameAlcohol),
                    mood: Self.word(form, since: before, \.mood, CourseInstruments.sameMood), acute: form.acute)
            }
        }
        self.expected = expected
        foreign = forms.count { $0.event.body.instrument.version != String($0.ruledBy) }
        self.retracted = retracted
    }

    private static func scored(_ event: Event<AnswersSubmitted>, versions: Set<Int>) -> Form {
        let given = Int(event.body.instrument.version) ?? 0
        let isFirst = event.body.instrument.code == CourseInstruments.code
        let version = isFirst ? ruling(given, on: swedishDay(of: event.common.occurredAt), versions) : given
        var answers: [String: String] = [:]
        for answer in event.body.answers {
            if case .code(let code)? = answer.value { answers[answer.item] = code }
        }
        if let alcohol = answers["a1"], !(CourseInstruments.alcoholOptions[version] ?? []).contains(alcohol) {
            answers["a1"] = nil
        }
        let mood = CourseInstruments.moodItems.map { answers[$0] }
        let yes = mood.filter { $0 == "yes" }.count
        let missing = mood.filter { $0 == nil }.count
        let needed = CourseInstruments.moodNeeded[version] ?? 0
        return Form(
            event: event, ruledBy: version,
            alcohol: answers["a1"] == nil ? .unknown : answers["a1"] == "yes" ? .outcome : .noOutcome,
            mood: yes >= needed ? .outcome : yes + missing >= needed ? .unknown : .noOutcome,
            acute: answers["a1"] == "yes")
    }

    private static func ruling(_ version: Int, on day: String, _ versions: Set<Int>) -> Int {
        let next = versions.filter { candidate in
            guard let claim = CourseInstruments.claims[candidate] else { return false }
            return claim.old == version && claim.from <= day
        }.max()
        return next.map { ruling($0, on: day, versions) } ?? version
    }

    /// In September Stockholm is two hours ahead.
    private static func swedishDay(of time: Timestamp) -> String {
        String((time + .seconds(7200)).rfc3339.prefix(10))
    }

    private static func word(
        _ form: Form, since before: Form?, _ factor: KeyPath<Form, FactorResult>, _ alike: [Set<Int>]
    ) -> String {
        let now = form[keyPath: factor]
        guard let before else { return "\(now.rawValue) first" }
        let then = before[keyPath: factor]
        guard alike.contains(where: { $0.isSuperset(of: [form.ruledBy, before.ruledBy]) }), now != .unknown,
            then != .unknown
        else { return "\(now.rawValue) not-comparable" }
        if now == then { return "\(now.rawValue) persisting" }
        return "\(now.rawValue) \(now == .outcome ? "new" : "gone")"
    }
}

extension CourseOracle.Expected {
    /// What an outcome says.
    init?(_ content: OutcomeContent) {
        func word(_ factor: RiskFactor) -> String? {
            content.factors.first { $0.factor == factor }.map { "\($0.result.rawValue) \($0.change.rawValue)" }
        }
        guard let ruledBy = Int(content.instrument.version), let alcohol = word(.alcohol), let mood = word(.lowMood)
        else { return nil }
        self.init(
            ruledBy: ruledBy, questionnaire: content.instrument.code, alcohol: alcohol, mood: mood,
            acute: content.acute)
    }
}
