/// A kind of fact that this release writes and reads. The raw value is the short name.
public enum EventType: String, CaseIterable, Sendable {
    /// A child health centre (BVC) as it is from now on.
    case unitChanged = "unit.changed"
    /// The region's table of ordinary visits.
    case visitSlotsPublished = "visit-slots.published"
    /// A version of a questionnaire: codes and rules, never licensed wording. A published version never changes.
    case instrumentPublished = "instrument.published"
    /// A municipality's contact list, whole.
    case contactListPublished = "contact-list.published"
    /// A function in a municipality that families can be put in touch with, as it is from now on.
    case recipientChanged = "recipient.changed"
    /// A child is on a unit's list, with those who may answer.
    case childListed = "child.listed"
    /// What one parent answered at one visit. Read by scoring alone.
    case answersSubmitted = "answers.submitted"
    /// A form is taken back. Read by scoring alone.
    case answersRetracted = "answers.retracted"
    /// A visit took place: the denominator of everything.
    case visitHeld = "visit.held"
    /// A parent was offered the form.
    case screeningOffered = "screening.offered"
    /// A parent was not offered the form, and why.
    case screeningNotOffered = "screening.not-offered"
    /// A parent said no to the form.
    case screeningDeclined = "screening.declined"
    /// A form was answered: the same fact as `answers.submitted`, for readers who never see an answer.
    case screeningAnswered = "screening.answered"
    /// What one form says, factor by factor.
    case outcomeScored = "outcome.scored"
    /// An outcome is taken back. One sequence of revisions with `outcome.scored`: the highest holds.
    case outcomeRetracted = "outcome.retracted"
    /// A nurse or doctor talked with a parent.
    case conversationRecorded = "conversation.recorded"
    /// Support was offered to a parent. Sends nothing by itself.
    case supportOfferMade = "support-offer.made"
    /// What a parent decided about an offer; may come months later. Each decision is the offer's next revision.
    case supportOfferDecided = "support-offer.decided"
    /// A parent lifts secrecy for one recipient and one purpose. The second guardian's consent is the next revision.
    case consentGiven = "consent.given"
    /// A parent took consent back.
    case consentWithdrawn = "consent.withdrawn"
    /// A contact is to be mediated to a recipient, under a complete consent that names it.
    case referralRequested = "referral.requested"
    /// An accepted offer waits, and for whom.
    case referralHeld = "referral.held"
    /// A referral went from one state to another; carries only what the feedback allows.
    case referralChanged = "referral.changed"
    /// A recipient's system took a notification. Says nothing about a person having read it.
    case notificationDelivered = "notification.delivered"
    /// A notification is given up: somebody must call.
    case notificationExhausted = "notification.exhausted"
    /// A municipality answered, limited to what the feedback allows.
    case referralAnswered = "referral.answered"
    /// Intake parked a record.
    case intakeDeadLetter = "intake.dead-letter"
    /// Scoring parked a record.
    case scoringDeadLetter = "scoring.dead-letter"
    /// The referral router parked a record.
    case referralRouterDeadLetter = "referral-router.dead-letter"
    /// The notifier parked a record.
    case notifierDeadLetter = "notifier.dead-letter"
    /// Reporting parked a record.
    case reportingDeadLetter = "reporting.dead-letter"

    /// The types that state facts: all but the notices of parked records.
    public static let facts = allCases.filter { $0.body != nil }

    /// The type of a service's notices that it parked a record.
    public static func deadLetter(of service: ServiceName) -> EventType {
        switch service {
        case .intake: .intakeDeadLetter
        case .scoring: .scoringDeadLetter
        case .referralRouter: .referralRouterDeadLetter
        case .notifier: .notifierDeadLetter
        case .reporting: .reportingDeadLetter
        }
    }

    /// The short name, such as `answers.submitted`.
    public var name: String { rawValue }

    /// The type of that short name; nil when this release doesn't know it.
    public init?(name: String) { self.init(rawValue: name) }

    /// The value of `ce_type`, such as `barnsakert.answers.submitted.v1`.
    public var ceType: String { Self.texts[place].ceType }

    /// The type that a `ce_type` names; nil when this release doesn't know it, and then the record waits.
    public init?(ceType: String) {
        guard let type = Self.byCEType[ceType] else { return nil }
        self = type
    }

    /// Both texts of every type, made once: every record carries them.
    private static let texts = allCases.map { type in
        (ceType: "barnsakert.\(type.rawValue).v1", dataSchema: type.writtenDataSchema)
    }

    private static let byCEType = Dictionary(uniqueKeysWithValues: allCases.map { ($0.ceType, $0) })

    /// The value of `ce_dataschema`: the `$id` of the type's JSON Schema. An identifier; nothing is fetched from it.
    public var dataSchema: String { Self.texts[place].dataSchema }

    private var writtenDataSchema: String {
        let schema = body == nil ? "dead-letter" : rawValue
        return "https://barnsakert.example/schemas/\(schema).v1.json"
    }

    /// The only topic that carries it.
    public var topic: Topic {
        switch self {
        case .unitChanged, .visitSlotsPublished, .instrumentPublished: .registry
        case .contactListPublished, .recipientChanged: .contactLists
        case .childListed: .children
        case .answersSubmitted, .answersRetracted: .answers
        case .visitHeld, .screeningOffered, .screeningNotOffered, .screeningDeclined, .screeningAnswered: .screenings
        case .outcomeScored, .outcomeRetracted: .outcomes
        case .conversationRecorded, .supportOfferMade, .supportOfferDecided: .agreements
        case .consentGiven, .consentWithdrawn: .consents
        case .referralRequested, .referralHeld, .referralChanged: .referrals
        case .notificationDelivered, .notificationExhausted, .referralAnswered: .notifications
        case .intakeDeadLetter: .intakeDeadLetters
        case .scoringDeadLetter: .scoringDeadLetters
        case .referralRouterDeadLetter: .referralRouterDeadLetters
        case .notifierDeadLetter: .notifierDeadLetters
        case .reportingDeadLetter: .reportingDeadLetters
        }
    }
}

extension EventType {
    /// Its place in `allCases`: hashing a type hashes its name.
    fileprivate var place: Int {
        switch self {
        case .unitChanged: 0
        case .visitSlotsPublished: 1
        case .instrumentPublished: 2
        case .contactListPublished: 3
        case .recipientChanged: 4
        case .childListed: 5
        case .answersSubmitted: 6
        case .answersRetracted: 7
        case .visitHeld: 8
        case .screeningOffered: 9
        case .screeningNotOffered: 10
        case .screeningDeclined: 11
        case .screeningAnswered: 12
        case .outcomeScored: 13
        case .outcomeRetracted: 14
        case .conversationRecorded: 15
        case .supportOfferMade: 16
        case .supportOfferDecided: 17
        case .consentGiven: 18
        case .consentWithdrawn: 19
        case .referralRequested: 20
        case .referralHeld: 21
        case .referralChanged: 22
        case .notificationDelivered: 23
        case .notificationExhausted: 24
        case .referralAnswered: 25
        case .intakeDeadLetter: 26
        case .scoringDeadLetter: 27
        case .referralRouterDeadLetter: 28
        case .notifierDeadLetter: 29
        case .reportingDeadLetter: 30
        }
    }
}
