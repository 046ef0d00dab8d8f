extension EventType {
    /// The Swift type of the body; nil for a notice of a parked record (`DeadLetterNotice`). For tools that walk all
    /// types; a handler names the body that it wants.
    public var body: (any EventBody.Type)? {
        switch self {
        case .unitChanged: UnitChanged.self
        case .visitSlotsPublished: VisitSlotsPublished.self
        case .instrumentPublished: InstrumentPublished.self
        case .contactListPublished: ContactListPublished.self
        case .recipientChanged: RecipientChanged.self
        case .childListed: ChildListed.self
        case .answersSubmitted: AnswersSubmitted.self
        case .answersRetracted: AnswersRetracted.self
        case .visitHeld: VisitHeld.self
        case .screeningOffered: ScreeningOffered.self
        case .screeningNotOffered: ScreeningNotOffered.self
        case .screeningDeclined: ScreeningDeclined.self
        case .screeningAnswered: ScreeningAnswered.self
        case .outcomeScored: OutcomeScored.self
        case .outcomeRetracted: OutcomeRetracted.self
        case .conversationRecorded: ConversationRecorded.self
        case .supportOfferMade: SupportOfferMade.self
        case .supportOfferDecided: SupportOfferDecided.self
        case .consentGiven: ConsentGiven.self
        case .consentWithdrawn: ConsentWithdrawn.self
        case .referralRequested: ReferralRequested.self
        case .referralHeld: ReferralHeld.self
        case .referralChanged: ReferralChanged.self
        case .notificationDelivered: NotificationDelivered.self
        case .notificationExhausted: NotificationExhausted.self
        case .referralAnswered: ReferralAnswered.self
        case .intakeDeadLetter, .scoringDeadLetter, .referralRouterDeadLetter, .notifierDeadLetter,
            .reportingDeadLetter:
            nil
        }
    }
}
