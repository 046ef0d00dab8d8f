/// A nurse or doctor talked with a parent.
public struct ConversationRecorded: EventBody {
    /// The conversation.
    public var conversation: ConversationID
    /// The visit it belongs to, if any.
    public var visit: VisitID?
    /// When it was held.
    public var occasion: ConversationOccasion
    /// With whom.
    public var respondent: RespondentID
    /// Who led it.
    public var by: ConversationLead
    /// Whether an interpreter took part.
    public var interpreter: Bool
    /// Whether the other parent heard it.
    public var otherParentPresent: Bool
    /// What was talked about.
    public var factors: [DiscussedFactor]
    /// How long.
    public var minutes: Int?

    /// Takes each member as it will travel.
    public init(
        conversation: ConversationID, visit: VisitID? = nil, occasion: ConversationOccasion, respondent: RespondentID,
        by: ConversationLead, interpreter: Bool, otherParentPresent: Bool, factors: [DiscussedFactor],
        minutes: Int? = nil
    ) {
        self.conversation = conversation
        self.visit = visit
        self.occasion = occasion
        self.respondent = respondent
        self.by = by
        self.interpreter = interpreter
        self.otherParentPresent = otherParentPresent
        self.factors = factors
        self.minutes = minutes
    }

    /// `conversation.recorded`.
    public static let type = EventType.conversationRecorded

    /// What the fact is about.
    public var subject: String { conversation.text }
}

/// When a conversation was held.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ConversationOccasion: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// At an ordinary visit.
    public static let visit = Self(rawValue: "visit")
    /// By telephone.
    public static let phone = Self(rawValue: "phone")
    /// At an extra visit.
    public static let extra = Self(rawValue: "extra")

    /// The codes that this release knows.
    public static let known: [Self] = [.visit, .phone, .extra]
}

/// Who led a conversation.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ConversationLead: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The nurse.
    public static let nurse = Self(rawValue: "nurse")
    /// The doctor.
    public static let doctor = Self(rawValue: "doctor")
    /// Both.
    public static let both = Self(rawValue: "both")

    /// The codes that this release knows.
    public static let known: [Self] = [.nurse, .doctor, .both]
}
