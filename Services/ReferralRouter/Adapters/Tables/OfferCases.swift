internal import Events
internal import Store

/// Puts together what the tables know of an offer.
enum OfferCases {
    /// The case of an offer; an empty one when the offer isn't known yet.
    static func load(_ offer: OfferID, of child: ChildID, from store: ReadScope) throws -> OfferCase {
        var known = OfferCase(file: try OfferTable.find(offer, in: store) ?? OfferFile(offer: offer, child: child))
        known.consents = try ConsentTable.all(of: offer, in: store)
        known.listing = try ChildTable.find(child, in: store)
        known.referrals = try ReferralTable.all(of: offer, in: store)
        known.held = try HeldTable.find(offer, in: store)
        known.answers = Dictionary(grouping: try AnswerTable.waiting(of: child, in: store), by: \.referral)
        for referral in known.referrals.map(\.referral) {
            known.answers[referral] = try AnswerTable.all(of: referral, in: store)
        }
        return known
    }

    static func all(of child: ChildID, from store: ReadScope) throws -> [OfferCase] {
        try OfferTable.offers(of: child, in: store).map { try load($0, of: child, from: store) }
    }
}
