internal import Events

/// Everything that is known of one offer, and everything that was said about it.
struct OfferCase: Sendable, Equatable {
    var file: OfferFile
    var consents: [ConsentFile] = []
    var listing: ChildListing?
    /// Referrals that were requested for the offer: one in ordinary life, the next only after it was taken back.
    var referrals: [SaidReferral] = []
    /// What recipients answered, in the order of their revisions; also answers of the child's whose referral isn't
    /// known yet.
    var answers: [ReferralID: [RecipientAnswer]] = [:]
    /// The last word that the offer is held.
    var held: SaidHeld?

    init(file: OfferFile) {
        self.file = file
    }

    func consent(_ id: ConsentID) -> ConsentFile? { consents.first { $0.consent == id } }
}

/// What was said last about an offer being held.
struct SaidHeld: Sendable, Equatable {
    let offer: OfferID
    let child: ChildID
    var reason: HeldReason
    var taskFor: ActorRole
    var revision: Int
    /// Whether it still holds.
    var isStanding: Bool
}

/// A referral that was requested, and how far it was told since.
struct SaidReferral: Sendable, Equatable {
    let referral: ReferralID
    let offer: OfferID
    let child: ChildID
    let consent: ConsentID
    /// What it follows from; nil when it was taken back from the topic and its inputs have not been read again yet.
    var key: ReferralKey?
    /// The states that it went through, as they were said.
    var path: [PathStep] = []
    /// The highest revision of `referral.changed`.
    var changes = 0
    /// Taken back from the topic after a restore: its inputs are read again, and until they have come as far as what
    /// was said, nothing is.
    var isRereading = false

    var state: ReferralState { path.last?.to ?? .requested }
}

/// A state that a referral came to.
struct PathStep: Codable, Equatable, Sendable {
    let to: ReferralState
    let closing: Closing?
}
