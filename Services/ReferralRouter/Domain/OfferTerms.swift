internal import Events

/// What an offer offers, as far as a referral can follow from it.
struct OfferTerms: RunForming {
    let kind: OfferKind
    /// The function that it names; nil when none, or when the family is protected.
    let recipient: String?
    let respondent: RespondentID
    let factors: [RiskFactor]
    let interpreter: Bool
    let setting: Setting

    /// Where the offer was made: goes into the events that follow from it.
    struct Setting: Codable, Equatable, Sendable {
        let region: String
        let unit: String?
        let residence: String?
        let restricted: Bool
        let synthetic: Bool
        let registryVersion: String

        init(_ common: CommonMembers) {
            region = common.region
            unit = common.unit
            residence = common.residenceMunicipality
            restricted = common.restricted
            synthetic = common.synthetic
            registryVersion = common.registryVersion
        }
    }

    init(_ event: Event<SupportOfferMade>, interpreter: Bool) {
        kind = event.body.kind
        recipient = event.body.recipient
        respondent = event.body.respondent
        factors = event.body.factors
        self.interpreter = interpreter
        setting = Setting(event.common)
    }

    /// The kind of function that the offer goes to; nil when it goes to nobody. A family therapist and a social worker
    /// never stand in for each other (rule 6 of the domain).
    var recipientKind: RecipientKind? {
        switch kind {
        case .familyTherapist, .jointVisit: .familyTherapist
        case .socialWorker: .socialWorker
        case .bvcFollowUp, .signpost, .care: nil
        }
    }

    /// Another recipient or other factors are another offer: what was sent under the earlier terms is taken back.
    func continues(_ earlier: OfferTerms) -> Bool {
        kind == earlier.kind && recipient == earlier.recipient && respondent == earlier.respondent
            && factors == earlier.factors && setting.restricted == earlier.setting.restricted
    }
}

/// What the parent decided.
struct DecisionTerms: RunForming {
    let decision: OfferDecision
    let restricted: Bool

    func continues(_ earlier: DecisionTerms) -> Bool {
        decision == earlier.decision && restricted == earlier.restricted
    }
}

/// Everything that was said of one offer on `agreements`.
struct OfferFile: Sendable, Equatable {
    let offer: OfferID
    let child: ChildID
    var made = Revisions<OfferTerms>()
    var decided = Revisions<DecisionTerms>()
    /// Where the offer stands, as its code; written for the counts.
    var standing = Standing.nothing.code
}
