internal import Events
internal import Runtime

/// What a consent allows, as far as a referral can follow from it.
struct ConsentTerms: RunForming {
    let about: ConsentSubject
    let giver: RespondentID
    /// The function that may receive; nil when the family is protected.
    let recipient: String?
    let categories: [ConsentCategory]
    let feedback: Feedback
    let validUntil: CalendarDay?
    /// Whether everybody needed has consented, by the writer's word and by its own count.
    let isComplete: Bool
    let lacksGuardian: Bool
    let restricted: Bool
    let sealed: SealedEnvelope?

    init(_ event: Event<ConsentGiven>) {
        let body = event.body
        about = body.about
        giver = body.giver
        recipient = body.recipient
        categories = body.categories
        feedback = body.feedback
        validUntil = body.validUntil
        lacksGuardian = body.guardiansGiven < body.guardiansNeeded
        isComplete = body.complete && body.guardiansGiven >= body.guardiansNeeded
        restricted = event.common.restricted
        sealed = body.sealed
    }

    /// A longer validity or another feedback is the same consent; other data, another recipient or a guardian who is
    /// missing again is not.
    func continues(_ earlier: ConsentTerms) -> Bool {
        isComplete == earlier.isComplete && recipient == earlier.recipient && about == earlier.about
            && giver == earlier.giver && categories == earlier.categories && restricted == earlier.restricted
            && sealed == earlier.sealed
    }

    /// The factors that may be told. About the parent alone nothing of the child's goes, and the other way round (rule
    /// 4 of the domain); of a factor that isn't known here nobody knows whose it is.
    func tellable(_ factors: [RiskFactor]) -> [RiskFactor]? {
        guard categories.contains(.factors) else { return nil }
        let tellable = factors.filter { factor in
            switch about {
            case .both: true
            case .giver: factor.isKnown && factor != .childSafety
            case .child: factor == .childSafety
            }
        }
        return tellable.isEmpty ? nil : tellable
    }
}

/// How a consent was taken back.
struct Withdrawal: Codable, Equatable, Sendable {
    let scope: WithdrawalScope
    let at: Timestamp
    let by: ActorRole
}

/// Everything that was said of one consent on `consents`.
struct ConsentFile: Sendable, Equatable {
    let consent: ConsentID
    let child: ChildID
    /// Nil only for a withdrawal of a consent that was never told here.
    var offer: OfferID?
    var given = Revisions<ConsentTerms>()
    var withdrawals: [Withdrawal] = []

    /// The withdrawal that ended it. Nothing revives a consent.
    var ended: Withdrawal? { withdrawals.first { $0.scope == .all } }

    /// What might be told back at an instant: what the parent had said by then, and nothing after she took it back.
    func feedback(at time: Timestamp) -> Feedback {
        if withdrawals.contains(where: { $0.at <= time }) { return .nothing }
        let before = given.entries.last { $0.at <= time } ?? given.entries.first
        return before?.content.feedback ?? .nothing
    }
}
