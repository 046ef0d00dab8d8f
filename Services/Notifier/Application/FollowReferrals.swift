internal import Delivery
internal import Events
internal import Runtime
internal import Store

/// Keeps referrals, their consents and what is needed to tell a recipient, and plans deliveries.
///
/// Nothing is sent here: the courier attempts what is planned, after its own check. Topics may come in any
/// interleaving.
struct FollowReferrals: RecordHandler {
    enum Input: Sendable {
        case unit(UnitChanged)
        case recipient(RecipientChanged)
        case given(ConsentGiven)
        case withdrawn(ConsentWithdrawn)
        case requested(ReferralRequested, event: [UInt8])
        case changed(ReferralChanged)
    }

    /// What the store knew.
    struct Known: Sendable {
        /// The consent that the record is about or names.
        var consent: KnownConsent?
        /// The referrals that the record bears upon.
        var dossiers: [Dossier] = []
        /// For a request, what its referral's course and deliveries were before it came.
        var standing = ReferralStanding.open
        var requested: PlannedDelivery?
        var recalled: PlannedDelivery?
    }

    enum Change: Sendable, Equatable {
        case keepUnit(UnitChanged)
        case keepRecipient(RecipientChanged)
        case keepConsent(KnownConsent, ConsentID)
        case keepRequest(Dossier.Request, event: [UInt8])
        case keepStanding(ReferralStanding, ReferralID)
        case plan([Dossier.Step], Dossier.Request)
    }

    func decode(_ event: ReceivedEvent) throws -> Input? {
        switch event.envelope.eventType {
        case .unitChanged: .unit(try event.decoded(as: UnitChanged.self).body)
        case .recipientChanged: .recipient(try event.decoded(as: RecipientChanged.self).body)
        case .consentGiven: .given(try event.decoded(as: ConsentGiven.self).body)
        case .consentWithdrawn: .withdrawn(try event.decoded(as: ConsentWithdrawn.self).body)
        case .referralRequested: .requested(try event.decoded(as: ReferralRequested.self).body, event: event.value)
        case .referralChanged: .changed(try event.decoded(as: ReferralChanged.self).body)
        default: nil
        }
    }

    func read(for input: Input, of event: ReceivedEvent, from store: ReadScope) throws -> Known {
        switch input {
        case .unit, .recipient: return Known()
        case .given(let body): return try known(of: body.consent, from: store)
        case .withdrawn(let body): return try known(of: body.consent, from: store)
        case .requested(let body, _):
            return Known(
                consent: try ConsentTable.find(body.consent, in: store),
                standing: try ReferralTable.standing(of: body.referral, in: store),
                requested: try DeliveryTable.find(.requested, of: body.referral, in: store),
                recalled: try DeliveryTable.find(.recalled, of: body.referral, in: store))
        case .changed(let body):
            let dossier = try DeliveryTable.dossier(of: body.referral, in: store)
            return Known(dossiers: dossier.map { [$0] } ?? [])
        }
    }

    func decide(_ input: Input, of event: ReceivedEvent, knowing known: Known) throws -> Decision<Change> {
        let time = event.envelope.time
        switch input {
        case .unit(let unit): return .done(changes: [.keepUnit(unit)])
        case .recipient(let recipient): return .done(changes: [.keepRecipient(recipient)])
        case .given(let body):
            var consent = known.consent ?? KnownConsent()
            consent.given = KnownConsent.Given(
                recipient: body.recipient, complete: body.complete, feedback: body.feedback,
                validUntil: body.validUntil)
            return .done(changes: [.keepConsent(consent, body.consent)] + plans(for: known.dossiers, consent))
        case .withdrawn(let body):
            let consent = (known.consent ?? KnownConsent()).withdrawn(body.scope, at: time)
            return .done(changes: [.keepConsent(consent, body.consent)] + plans(for: known.dossiers, consent))
        case .requested(let body, let bytes):
            let request = Dossier.Request(
                referral: body.referral, consent: body.consent, recipient: body.recipient, requestedAt: time)
            let dossier = Dossier(
                request: request, standing: known.standing, consent: known.consent, requested: known.requested,
                recalled: known.recalled)
            return .done(changes: [.keepRequest(request, event: bytes)] + plan(for: dossier))
        case .changed(let body):
            let standing = ReferralStanding(body, at: time)
            let plans = known.dossiers.flatMap { known -> [Change] in
                var dossier = known
                dossier.standing = standing
                return plan(for: dossier)
            }
            return .done(changes: [.keepStanding(standing, body.referral)] + plans)
        }
    }

    func apply(_ change: Change, of event: ReceivedEvent, in transaction: Transaction) throws {
        switch change {
        case .keepUnit(let unit):
            try RecipientTable.write(unit, in: transaction)
            try DeliveryTable.wakeAwaitingUnit(in: transaction)
        case .keepRecipient(let recipient):
            try RecipientTable.write(recipient, in: transaction)
            try DeliveryTable.wake(recipient: recipient.recipient, in: transaction)
        case .keepConsent, .keepRequest, .keepStanding, .plan:
            guard let child = event.child else { return }
            try apply(change, about: child, of: event.envelope, in: transaction)
        }
    }

    private func apply(
        _ change: Change, about child: ChildID, of envelope: Envelope, in transaction: Transaction
    ) throws {
        switch change {
        case .keepUnit, .keepRecipient: break
        case .keepConsent(let consent, let id):
            try ConsentTable.write(consent, as: id, child: child, in: transaction)
            try DeliveryTable.wake(consent: id, in: transaction)
        case .keepRequest(let request, let bytes):
            try ReferralTable.write(
                request, child: child, event: bytes, traceparent: envelope.traceparent, in: transaction)
        case .keepStanding(let standing, let referral):
            try ReferralTable.write(
                standing, of: referral, child: child, at: envelope.time, in: transaction)
        case .plan(let steps, let request):
            try DeliveryTable.apply(steps, to: request, child: child, in: transaction)
        }
    }

    private func known(of consent: ConsentID, from store: ReadScope) throws -> Known {
        Known(
            consent: try ConsentTable.find(consent, in: store),
            dossiers: try ReferralTable.referrals(under: consent, in: store).compactMap {
                try DeliveryTable.dossier(of: $0, in: store)
            })
    }

    private func plans(for dossiers: [Dossier], _ consent: KnownConsent) -> [Change] {
        dossiers.flatMap { known -> [Change] in
            var dossier = known
            dossier.consent = consent
            return plan(for: dossier)
        }
    }

    private func plan(for dossier: Dossier) -> [Change] {
        let steps = dossier.whatFollows()
        return steps.isEmpty ? [] : [.plan(steps, dossier.request)]
    }
}
