/// A parent was offered the form.
public struct ScreeningOffered: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// The visit.
    public var visit: VisitID
    /// To whom.
    public var respondent: RespondentID
    /// Language chosen, BCP 47.
    public var language: String
    /// How it is filled in.
    public var mode: ScreeningMode

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, visit: VisitID, respondent: RespondentID, language: String, mode: ScreeningMode
    ) {
        self.screening = screening
        self.visit = visit
        self.respondent = respondent
        self.language = language
        self.mode = mode
    }

    /// `screening.offered`.
    public static let type = EventType.screeningOffered

    /// What the fact is about.
    public var subject: String { screening.text }
}
