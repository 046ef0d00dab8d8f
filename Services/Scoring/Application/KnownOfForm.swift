internal import Delivery
internal import Events
internal import Store

/// What the store knows when a form comes.
struct KnownOfForm: Sendable {
    /// The version that it was given under; nil when that has not arrived.
    let instrument: Instrument?
    /// The version that decides it in the end.
    let ruling: Instrument?
    /// The record by which that version took it over, if it is another one.
    let rulingCause: Cause?
    let standing: Standing
    /// Round its place in the course.
    let here: Course.Neighbours
    /// Round the place at which its revision before stood, if that was another one.
    let left: Course.Neighbours?

    init(_ form: Event<AnswersSubmitted>, _ instruments: InstrumentTable, in store: ReadScope) throws {
        let body = form.body
        let place = CoursePlace(respondent: body.respondent, ageDays: body.ageDays, screening: body.screening)
        standing = try ScoredTable.standing(of: body.screening, in: store)
        here = try ScoredTable.neighbours(of: place, instruments, in: store)
        if case .scored(_, let old, _, _) = standing, old != place {
            left = try ScoredTable.neighbours(of: old, instruments, in: store)
        } else {
            left = nil
        }
        instrument = try instruments.find(body.instrument, in: store)
        let ruling = try instrument.map { instrument in
            let name = try Ruling.name(of: form, by: ReRunTable.rescorings(of: body.instrument.code, in: store))
            return name == instrument.reference.name ? instrument : try instruments.named(name, in: store)
        }
        self.ruling = ruling
        guard let ruling, ruling.reference != body.instrument else {
            rulingCause = nil
            return
        }
        rulingCause = try ReRunTable.cause(of: ruling.reference, in: store)
    }
}

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
