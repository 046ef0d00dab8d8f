internal import Events

/// What a municipality may answer under a consent (DESIGN 4.4, 4.6).
enum FeedbackRule {
    /// What the consent lets be told back now. A consent that has expired, or whose feedback was withdrawn, lets
    /// nothing.
    static func feedback(under consent: KnownConsent?, today: CalendarDay) -> Feedback {
        guard let consent, let given = consent.given, !consent.feedbackWithdrawn else { return .nothing }
        if let last = given.validUntil, last < today { return .nothing }
        return given.feedback
    }

    /// The answers that are allowed, in the order of the vocabulary.
    ///
    /// That a recipient can't take anybody, or that another function should, speaks of the recipient and not of the
    /// family; it is always allowed, or the family would wait for nothing.
    static func answers(under feedback: Feedback) -> [ReferralAnswer] {
        switch feedback {
        case .nothing: [.cannotTake, .wrongRecipient]
        case .contactMade: [.accepted, .contactMade, .notReached, .cannotTake, .wrongRecipient]
        case .course: ReferralAnswer.allCases
        }
    }

    /// The reasons that go with an answer. A closed list: what may not be answered may not come as a reason either.
    static func reasons(for answer: ReferralAnswer) -> [String] {
        switch answer {
        case .cannotTake: ["absence", "capacity", "language"]
        case .wrongRecipient: ["other-function", "other-municipality"]
        case .onHold: ["family-wish", "waiting-list"]
        case .accepted, .contactMade, .inProgress, .done, .notReached, .familyDeclined: []
        }
    }

    /// Whether meeting times may be proposed with the answer.
    static func takesTimes(_ answer: ReferralAnswer) -> Bool {
        [.accepted, .contactMade, .inProgress].contains(answer)
    }
}
