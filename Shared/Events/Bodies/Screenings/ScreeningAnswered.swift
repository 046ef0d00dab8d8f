/// A form was answered: the same fact as `answers.submitted`, for readers who never see an answer.
public struct ScreeningAnswered: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// The visit.
    public var visit: VisitID
    /// Code of the visit slot.
    public var slot: String
    /// Who answered.
    public var respondent: RespondentID
    /// The questionnaire answered.
    public var instrument: InstrumentReference
    /// Language of the form, BCP 47.
    public var language: String
    /// How it was filled in.
    public var mode: ScreeningMode
    /// What help was given.
    public var help: AnsweringHelp
    /// Whether all required items were answered.
    public var completeness: Completeness
    /// How many items were.
    public var answeredCount: Int
    /// From the first question to the last; absent for paper.
    public var durationSeconds: Int?

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, visit: VisitID, slot: String, respondent: RespondentID, instrument: InstrumentReference,
        language: String, mode: ScreeningMode, help: AnsweringHelp, completeness: Completeness, answeredCount: Int,
        durationSeconds: Int? = nil
    ) {
        self.screening = screening
        self.visit = visit
        self.slot = slot
        self.respondent = respondent
        self.instrument = instrument
        self.language = language
        self.mode = mode
        self.help = help
        self.completeness = completeness
        self.answeredCount = answeredCount
        self.durationSeconds = durationSeconds
    }

    /// `screening.answered`.
    public static let type = EventType.screeningAnswered

    /// What the fact is about.
    public var subject: String { screening.text }
}

extension ScreeningAnswered {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(
            screening: try object.id("screening"), visit: try object.id("visit"), slot: try object.text("slot"),
            respondent: try object.id("respondent"), instrument: try object.part("instrument"),
            language: try object.text("language"), mode: try object.code("mode"), help: try object.code("help"),
            completeness: try object.code("completeness"), answeredCount: try object.whole("answeredCount"),
            durationSeconds: try object.wholeIfAny("durationSeconds"))
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("answeredCount", answeredCount)
        object.member("completeness", completeness.rawValue)
        object.member("durationSeconds", ifAny: durationSeconds)
        object.member("help", help.rawValue)
        try object.member("instrument", instrument)
        object.member("language", language)
        object.member("mode", mode.rawValue)
        object.member("respondent", respondent)
        object.member("screening", screening)
        object.member("slot", slot)
        object.member("visit", visit)
    }
}

/// What help was given with answering.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct AnsweringHelp: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// None.
    public static let unaided = Self(rawValue: "none")
    /// Read aloud by the device.
    public static let readAloud = Self(rawValue: "read-aloud")
    /// An interpreter.
    public static let interpreter = Self(rawValue: "interpreter")
    /// Staff.
    public static let staff = Self(rawValue: "staff")

    /// The codes that this release knows.
    public static let known: [Self] = [.unaided, .readAloud, .interpreter, .staff]
}

/// Whether all required items were answered. Decides in which row a form is counted.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum Completeness: String, Codable, CaseIterable, Sendable {
    /// All.
    case complete
    /// Not all.
    case partial
}
