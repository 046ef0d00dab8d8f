/// A parent was not offered the form, and why.
public struct ScreeningNotOffered: EventBody {
    /// The visit.
    public var visit: VisitID
    /// To whom not.
    public var respondent: RespondentID
    /// Why.
    public var reason: NotOfferedReason

    /// Takes each member as it will travel.
    public init(
        visit: VisitID, respondent: RespondentID, reason: NotOfferedReason
    ) {
        self.visit = visit
        self.respondent = respondent
        self.reason = reason
    }

    /// `screening.not-offered`.
    public static let type = EventType.screeningNotOffered

    /// What the fact is about.
    public var subject: String { "\(visit.text)/\(respondent.text)" }
}

/// Why no form was offered.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct NotOfferedReason: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The parent was not there.
    public static let notPresent = Self(rawValue: "not-present")
    /// No time.
    public static let noTime = Self(rawValue: "no-time")
    /// It could not be answered alone.
    public static let otherParentPresent = Self(rawValue: "other-parent-present")
    /// No form in a language she reads.
    public static let noLanguage = Self(rawValue: "no-language")
    /// The child was ill.
    public static let childIll = Self(rawValue: "child-ill")
    /// The technique failed.
    public static let technical = Self(rawValue: "technical")
    /// The unit had not begun.
    public static let notLive = Self(rawValue: "not-live")
    /// Something else.
    public static let other = Self(rawValue: "other")

    /// The codes that this release knows.
    public static let known: [Self] = [
        .notPresent, .noTime, .otherParentPresent, .noLanguage, .childIll, .technical, .notLive, .other,
    ]
}
