internal import Events

/// What became of the form for one parent at one visit, from all facts about it in whatever order they came.
///
/// Answered comes before declined, declined before offered, offered before not offered: each takes the place of those
/// after it, and none of them says anything of an outcome (DESIGN rule 10).
struct ScreeningState: Sendable {
    let isPresent: Bool
    let notOffered: String?
    let isOffered: Bool
    /// 1 partly, 2 wholly.
    let completeness: Int?
    let isDeclined: Bool
    /// What the form says of each factor; nil until it is scored.
    let results: [(factor: String, result: FactorResult)]?
    let hasOutcome: Bool

    private var isOfferedAtAll: Bool { isOffered || completeness != nil || isDeclined }

    /// The figures in which the parent counts.
    var codes: [IndicatorCode] {
        guard isOfferedAtAll else { return codesWithoutOffer }
        // A parent with a form was there, whatever the visit's record says.
        let codes: [IndicatorCode] = ["visits", "visits.offered"]
        guard let completeness else { return codes + [isDeclined ? "forms.declined" : "forms.open"] }
        return codes + [completeness == 2 ? "forms.answered" : "forms.partial", "forms"] + outcomeCodes
    }

    /// A parent who wasn't there, or whom a unit met before it had begun, is in no denominator.
    private var codesWithoutOffer: [IndicatorCode] {
        switch notOffered {
        case NotOfferedReason.notPresent.rawValue: return ["visits.absent"]
        case NotOfferedReason.notLive.rawValue: return []
        case let reason? where isPresent:
            let isNamed = Chain.notOfferedReasons.contains { $0.code == reason }
            return ["visits", "visits.not-offered", IndicatorCode("not-offered", isNamed ? reason : "other")]
        case nil where isPresent: return ["visits", "visits.unrecorded"]
        default: return []
        }
    }

    private var outcomeCodes: [IndicatorCode] {
        guard let results else { return ["forms.unscored"] }
        return ["forms.scored", hasOutcome ? "forms.with-outcome" : "forms.without-outcome"]
            + results.map { .init("factor.\($0.factor)", $0.result.rawValue) }
    }
}
