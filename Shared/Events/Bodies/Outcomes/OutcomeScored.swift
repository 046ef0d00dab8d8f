/// What one form says, factor by factor.
///
/// One sequence of revisions with the screening's `outcome.retracted`: the highest revision of either type holds.
public struct OutcomeScored: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// The visit.
    public var visit: VisitID
    /// Code of the visit slot.
    public var slot: String
    /// Whose form.
    public var respondent: RespondentID
    /// The questionnaire it was scored under. How well it finds each factor stands in `definition.evidence` of its
    /// `instrument.published`, and has to be shown wherever an outcome is.
    public var instrument: InstrumentReference
    /// One a factor, in the instrument's order.
    public var factors: [FactorOutcome]
    /// Signals given.
    public var signals: [Signal]
    /// Whether the unit's routine is to be shown.
    public var acute: Bool
    /// Why it was scored.
    public var cause: ScoringCause
    /// Which revision of the form was scored; nil for its first. One sequence with the form's retractions. Tells a
    /// store that is rebuilt whether the form has come back as it was when this was said.
    public var formRevision: Int?

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, visit: VisitID, slot: String, respondent: RespondentID, instrument: InstrumentReference,
        factors: [FactorOutcome], signals: [Signal], acute: Bool, cause: ScoringCause,
        formRevision: Int? = nil
    ) {
        self.screening = screening
        self.visit = visit
        self.slot = slot
        self.respondent = respondent
        self.instrument = instrument
        self.factors = factors
        self.signals = signals
        self.acute = acute
        self.cause = cause
        self.formRevision = formRevision
    }

    /// `outcome.scored`.
    public static let type = EventType.outcomeScored

    /// What the fact is about.
    public var subject: String { screening.text }
}

extension OutcomeScored {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(
            screening: try object.id("screening"), visit: try object.id("visit"), slot: try object.text("slot"),
            respondent: try object.id("respondent"), instrument: try object.part("instrument"),
            factors: try object.parts("factors"), signals: try object.codes("signals"),
            acute: try object.truth("acute"), cause: try object.code("cause"),
            formRevision: try object.wholeIfAny("formRevision"))
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("acute", acute)
        object.member("cause", cause.rawValue)
        try object.member("factors", factors)
        object.member("formRevision", ifAny: formRevision)
        try object.member("instrument", instrument)
        object.member("respondent", respondent)
        object.member("screening", screening)
        object.member("signals", signals.map(\.rawValue))
        object.member("slot", slot)
        object.member("visit", visit)
    }
}

/// Why a form was scored.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ScoringCause: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It came in.
    public static let answered = Self(rawValue: "answered")
    /// It came in again.
    public static let amended = Self(rawValue: "amended")
    /// Other rules decide it.
    public static let reRun = Self(rawValue: "re-run")
    /// The same parent's earlier form came, moved, went or has another result: what it is compared with is another.
    public static let course = Self(rawValue: "course")
    /// Nothing new: scoring lost its store, and says again what stands where others may hold something else.
    public static let restored = Self(rawValue: "restored")

    /// The codes that this release knows.
    public static let known: [Self] = [.answered, .amended, .reRun, .course, .restored]
}
