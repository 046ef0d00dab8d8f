internal import Events

/// Which version decides a form.
enum Ruling {
    /// The version's name. The form's day is that of Stockholm; it is looked up only if it matters.
    static func name(of form: Event<AnswersSubmitted>, by rescorings: Rescorings) -> String {
        let given = form.body.instrument
        guard rescorings.claim(given.version) else { return given.name }
        let day = CalendarDay.inStockholm(at: form.common.occurredAt)
        return InstrumentReference.name(given.code, version: rescorings.ruling(given.version, on: day))
    }
}

/// Which version decides each form of a store, once nothing is left to be scored again.
struct Rulings: Sendable {
    /// By the questionnaire's code; none for one that no version scores again.
    let rescorings: [String: Rescorings]
    /// Questionnaires of which forms still wait to be scored again.
    let open: Set<String>

    /// The name of the version that has to have decided a form; nil while its turn may be to come.
    func name(of form: Event<AnswersSubmitted>) -> String? {
        let given = form.body.instrument
        guard !open.contains(given.code) else { return nil }
        return rescorings[given.code].map { Ruling.name(of: form, by: $0) } ?? given.name
    }
}
