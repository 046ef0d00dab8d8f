internal import Delivery
internal import Events
internal import Store

/// What the store knows when a form comes.
struct KnownOfForm: Sendable {
    /// The version that it was given under; nil when that has not arrived.
    let instrument: Instrument?
    /// Whether that version is here with another content than the form was given under.
    let isOtherContent: Bool
    /// The version that decides it in the end.
    let ruling: Instrument?
    /// By what that version took it over, if it is another one.
    let rulingCause: Cause?
    let standing: Standing
    /// Round its place in the course.
    let here: Course.Neighbours
    /// Round the place at which its revision before stood, if that was another one.
    let left: Course.Neighbours?

    init(_ form: Event<AnswersSubmitted>, _ instruments: InstrumentTable, in store: ReadScope) throws {
        let body = form.body
        let place = CoursePlace(body)
        standing = try ScoredTable.standing(of: body.screening, for: form.common, in: store)
        here = try ScoredTable.neighbours(of: place, instruments, in: store)
        if case .scored(_, let old, _, _, _) = standing, old != place {
            left = try ScoredTable.neighbours(of: old, instruments, in: store)
        } else {
            left = nil
        }
        instrument = try instruments.find(body.instrument, in: store)
        guard let instrument else {
            isOtherContent = try instruments.hash(of: body.instrument, in: store) != nil
            (ruling, rulingCause) = (nil, nil)
            return
        }
        isOtherContent = false
        let rescorings = try ReRunTable.rescorings(of: body.instrument.code, in: store)
        let name = Ruling.name(of: form, by: rescorings)
        let isOwn = name == instrument.reference.name
        let ruling = isOwn ? instrument : try instruments.named(name, in: store)
        self.ruling = ruling
        rulingCause = isOwn ? nil : rescorings.cause(of: ruling.reference)
    }
}
