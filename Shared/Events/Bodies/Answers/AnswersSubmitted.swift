/// What one parent answered at one visit. Read by scoring alone.
///
/// One sequence of revisions with the screening's `answers.retracted`: the highest revision of either type holds.
public struct AnswersSubmitted: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// The visit.
    public var visit: VisitID
    /// Code of the visit slot.
    public var slot: String
    /// Who answered.
    public var respondent: RespondentID
    /// The child's age in days when answered.
    public var ageDays: Int
    /// The questionnaire answered.
    public var instrument: InstrumentReference
    /// Language of the form, BCP 47.
    public var language: String
    /// Version of the information read before the first question (rule 14).
    public var informationVersion: String
    /// Items in the order shown.
    public var answers: [ItemAnswer]
    /// From revision 2: why.
    public var amendedReason: AmendedReason?

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, visit: VisitID, slot: String, respondent: RespondentID, ageDays: Int,
        instrument: InstrumentReference, language: String, informationVersion: String, answers: [ItemAnswer],
        amendedReason: AmendedReason? = nil
    ) {
        self.screening = screening
        self.visit = visit
        self.slot = slot
        self.respondent = respondent
        self.ageDays = ageDays
        self.instrument = instrument
        self.language = language
        self.informationVersion = informationVersion
        self.answers = answers
        self.amendedReason = amendedReason
    }

    /// `answers.submitted`.
    public static let type = EventType.answersSubmitted

    /// What the fact is about.
    public var subject: String { screening.text }
}

extension AnswersSubmitted {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(
            screening: try object.id("screening"), visit: try object.id("visit"), slot: try object.text("slot"),
            respondent: try object.id("respondent"), ageDays: try object.whole("ageDays"),
            instrument: try object.part("instrument"), language: try object.text("language"),
            informationVersion: try object.text("informationVersion"), answers: try object.parts("answers"),
            amendedReason: try object.codeIfAny("amendedReason"))
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("ageDays", ageDays)
        object.member("amendedReason", ifAny: amendedReason?.rawValue)
        try object.member("answers", answers)
        object.member("informationVersion", informationVersion)
        try object.member("instrument", instrument)
        object.member("language", language)
        object.member("respondent", respondent)
        object.member("screening", screening)
        object.member("slot", slot)
        object.member("visit", visit)
    }
}

/// Why a form was sent again.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct AmendedReason: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// More was answered.
    public static let completedLater = Self(rawValue: "completed-later")
    /// The parent corrected it.
    public static let corrected = Self(rawValue: "corrected")
    /// Paper or interview was noted wrongly.
    public static let transcription = Self(rawValue: "transcription")

    /// The codes that this release knows.
    public static let known: [Self] = [.completedLater, .corrected, .transcription]
}
