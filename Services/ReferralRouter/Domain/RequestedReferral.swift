internal import Events
internal import Runtime

extension OfferCase {
    /// The referral that follows from a key. Made of the first revisions of what it follows from, so that it reads the
    /// same whichever topic was read first.
    func request(by key: ReferralKey, among recipients: Recipients) -> Event<ReferralRequested>? {
        guard let offer = file.made.run(since: key.offerSince)?.first,
            let decision = file.decided.run(since: key.acceptedSince)?.first,
            let consent = consent(key.consent)?.given.run(since: key.consentSince)?.first,
            let listing = listing?.listed.run(since: key.listedSince)?.first,
            let name = offer.content.recipient, let kind = offer.content.recipientKind,
            let recipient = recipients.find(name, kind: kind)
        else { return nil }
        let time = max(offer.at, decision.at, consent.at, listing.at)
        let months = StockholmTime.months(from: listing.content.birthMonth, to: time)
        return Event(
            members(at: time, revision: 1, setting: offer.content.setting),
            ReferralRequested(
                referral: key.referral, referenceNumber: key.referenceNumber.description,
                thread: ReferralKey.thread(of: key.offer), offer: key.offer, consent: key.consent, recipient: name,
                kind: offer.content.kind, urgency: .routine,
                // No event that the router may read tells the language: undetermined, where an interpreter is needed.
                language: offer.content.interpreter ? "und" : "sv", interpreter: offer.content.interpreter,
                factors: consent.content.tellable(offer.content.factors),
                ageBand: consent.content.categories.contains(.ageBand) ? AgeBand.text(ofMonths: months) : nil,
                sealed: consent.content.sealed, contactListVersion: recipients.listVersion(of: recipient),
                ruleVersion: ReassessOffer.ruleVersion))
    }

    /// The common members of what is said about the offer: the place where it was made, unless the family is protected.
    func members(at time: Timestamp, revision: Int) -> CommonMembers {
        guard let setting = file.made.current?.first.content.setting else {
            preconditionFailure("nothing is said before the offer is known")
        }
        return members(at: time, revision: revision, setting: setting)
    }

    private func members(at time: Timestamp, revision: Int, setting: OfferTerms.Setting) -> CommonMembers {
        CommonMembers(
            occurredAt: time, region: setting.region, unit: setting.unit, residenceMunicipality: setting.residence,
            actor: Actor(role: .system), revision: revision, restricted: setting.restricted || isNowProtected,
            synthetic: setting.synthetic, registryVersion: setting.registryVersion)
    }

    private var isNowProtected: Bool {
        listing?.listed.current?.last.content.restricted ?? false
            || file.decided.current?.last.content.restricted ?? false
            || consents.contains { $0.given.current?.last.content.restricted ?? false }
    }

    /// When the last thing that is known of the offer happened.
    var latest: Timestamp {
        let times =
            file.made.entries.map(\.at) + file.decided.entries.map(\.at)
            + consents.flatMap { $0.given.entries.map(\.at) + $0.withdrawals.map(\.at) }
        return times.max() ?? Timestamp(milliseconds: 0)
    }
}
