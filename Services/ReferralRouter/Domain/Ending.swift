internal import Events
internal import Runtime

/// Why a referral is taken back.
struct Ending: Equatable, Sendable {
    let at: Timestamp
    /// In which role it was ended.
    let by: ActorRole
    let reason: String
    let closing: Closing?
}

extension OfferCase {
    /// The earliest thing by which what a referral follows from ended; nil while all of it lasts.
    func ending(of key: ReferralKey) -> Ending? {
        var endings: [Ending] = []
        if let end = file.made.run(since: key.offerSince)?.endedBy {
            let isProtected = end.content.setting.restricted
            endings.append(
                Ending(
                    at: end.at, by: end.by, reason: isProtected ? "restricted" : "offer-changed",
                    closing: isProtected ? nil : .wrongRecipient))
        }
        if let end = file.decided.run(since: key.acceptedSince)?.endedBy {
            let isNo = end.content.decision != .accepted
            endings.append(
                Ending(
                    at: end.at, by: end.by, reason: isNo ? "offer-\(end.content.decision.rawValue)" : "restricted",
                    closing: isNo ? .familyDeclined : nil))
        }
        if let consent = consent(key.consent) {
            if let end = consent.ended {
                endings.append(
                    Ending(at: end.at, by: end.by, reason: "consent-withdrawn", closing: .consentWithdrawn))
            }
            if let end = consent.given.run(since: key.consentSince)?.endedBy {
                endings.append(Ending(at: end.at, by: end.by, reason: "consent-changed", closing: .consentWithdrawn))
            }
        }
        if let end = listing?.listed.run(since: key.listedSince)?.endedBy {
            endings.append(Ending(at: end.at, by: end.by, reason: "restricted", closing: nil))
        }
        return endings.min { ($0.at, $0.reason) < ($1.at, $1.reason) }
    }

    /// Every key that the histories can give; few, and only looked at after a restore.
    var possibleKeys: [ReferralKey] {
        var keys: [ReferralKey] = []
        for offer in file.made.runs {
            for decision in file.decided.runs where decision.first.content.decision == .accepted {
                for consent in consents {
                    for given in consent.given.runs {
                        for listed in listing?.listed.runs ?? [] {
                            keys.append(
                                ReferralKey(
                                    offer: file.offer, offerSince: offer.first.revision,
                                    acceptedSince: decision.first.revision, consent: consent.consent,
                                    consentSince: given.first.revision, listedSince: listed.first.revision))
                        }
                    }
                }
            }
        }
        return keys
    }
}
