/// A parent lifts secrecy for one recipient and one purpose. The second guardian's consent is the next revision.
public struct ConsentGiven: EventBody {
    /// The consent.
    public var consent: ConsentID
    /// For which offer.
    public var offer: OfferID
    /// About whom.
    public var about: ConsentSubject
    /// Who gave it.
    public var giver: RespondentID
    /// How many guardians must consent; 0 when it is about the giver only.
    public var guardiansNeeded: Int
    /// How many have.
    public var guardiansGiven: Int
    /// Function that may receive; absent where the place is withheld.
    public var recipient: String?
    /// Code of the purpose.
    public var purpose: String
    /// What may be given.
    public var categories: [ConsentCategory]
    /// What may be told back.
    public var feedback: Feedback
    /// How it was given.
    public var form: ConsentForm
    /// Last day it holds.
    public var validUntil: CalendarDay?
    /// Whether everybody needed has consented: nothing is sent before.
    public var complete: Bool
    /// Identity sealed to the recipient, once complete.
    public var sealed: SealedEnvelope?

    /// Takes each member as it will travel.
    public init(
        consent: ConsentID, offer: OfferID, about: ConsentSubject, giver: RespondentID, guardiansNeeded: Int,
        guardiansGiven: Int, recipient: String? = nil, purpose: String, categories: [ConsentCategory],
        feedback: Feedback, form: ConsentForm, validUntil: CalendarDay? = nil, complete: Bool,
        sealed: SealedEnvelope? = nil
    ) {
        self.consent = consent
        self.offer = offer
        self.about = about
        self.giver = giver
        self.guardiansNeeded = guardiansNeeded
        self.guardiansGiven = guardiansGiven
        self.recipient = recipient
        self.purpose = purpose
        self.categories = categories
        self.feedback = feedback
        self.form = form
        self.validUntil = validUntil
        self.complete = complete
        self.sealed = sealed
    }

    /// `consent.given`.
    public static let type = EventType.consentGiven

    /// What the fact is about.
    public var subject: String { consent.text }

    /// A protected family's event tells no place (rule 8 of the domain).
    public func fault(under common: CommonMembers) -> EventFault? {
        guard common.restricted else { return nil }
        if recipient != nil { return EventFault(member: "recipient", kind: .withheld) }
        if sealed != nil { return EventFault(member: "sealed", kind: .withheld) }
        return nil
    }
}

/// Whom the data are about. Data about a child need every guardian.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum ConsentSubject: String, Codable, CaseIterable, Sendable {
    /// The giver.
    case giver = "self"
    /// The child.
    case child
    /// The giver and the child.
    case both
}

/// A kind of data that may be given. A category that isn't understood is not given.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ConsentCategory: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// How to reach the family.
    public static let contact = Self(rawValue: "contact")
    /// What the parent wants.
    public static let wishes = Self(rawValue: "wishes")
    /// The factors behind the offer.
    public static let factors = Self(rawValue: "factors")
    /// The child's age band.
    public static let ageBand = Self(rawValue: "age-band")

    /// The codes that this release knows.
    public static let known: [Self] = [.contact, .wishes, .factors, .ageBand]
}

/// How consent was given.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ConsentForm: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// By word of mouth, noted by staff.
    public static let oral = Self(rawValue: "oral")
    /// In writing.
    public static let written = Self(rawValue: "written")

    /// The codes that this release knows.
    public static let known: [Self] = [.oral, .written]
}
