internal import Delivery
internal import Events
internal import Store

/// Writes the router's own tables again from what it had said, after a restore. What a referral follows from is found
/// when its inputs are read again.
enum TakeBackSaid {
    static func takeBack(_ event: ReceivedEvent, in transaction: Transaction) throws {
        switch event.envelope.eventType {
        case .referralRequested: try requested(event, in: transaction)
        case .referralChanged: try changed(event, in: transaction)
        case .referralHeld: try held(event, in: transaction)
        case .contactListPublished: try published(event, as: ContactListPublished.self, in: transaction)
        case .recipientChanged: try published(event, as: RecipientChanged.self, in: transaction)
        default: return
        }
    }

    private static func requested(_ event: ReceivedEvent, in transaction: Transaction) throws {
        let body = try event.decoded(as: ReferralRequested.self).body
        guard let child = event.child, try ReferralTable.find(body.referral, in: transaction) == nil else { return }
        try ReferralTable.write(
            SaidReferral(
                referral: body.referral, offer: body.offer, child: child, consent: body.consent, key: nil,
                isRereading: true), in: transaction)
    }

    private static func changed(_ event: ReceivedEvent, in transaction: Transaction) throws {
        let said = try event.decoded(as: ReferralChanged.self)
        guard var referral = try ReferralTable.find(said.body.referral, in: transaction),
            said.common.revision > referral.changes
        else { return }
        referral.path.append(PathStep(to: said.body.to, closing: said.body.closing))
        referral.changes = said.common.revision
        referral.isRereading = true
        try ReferralTable.write(referral, in: transaction)
    }

    private static func held(_ event: ReceivedEvent, in transaction: Transaction) throws {
        let said = try event.decoded(as: ReferralHeld.self)
        guard let child = event.child else { return }
        try HeldTable.write(
            SaidHeld(
                offer: said.body.offer, child: child, reason: said.body.reason, taskFor: said.body.taskFor,
                revision: said.common.revision, isStanding: true), in: transaction)
    }

    private static func published<Body: ReferenceBody>(
        _ event: ReceivedEvent, as body: Body.Type, in transaction: Transaction
    ) throws {
        let said = try event.decoded(as: Body.self)
        try PublishedTable.write(
            PublishedTable.Entry(
                type: Body.type, subject: said.body.subject,
                sha256: try PublishContactLists.contentHash(said.body), revision: said.common.revision),
            in: transaction)
    }
}
