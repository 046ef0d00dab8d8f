internal import Events
internal import Runtime

/// Whether an attempt may begin: asked in the moment before, with what the notifier's own store knows (DESIGN 3.2).
///
/// Pure, so that the rule stands here alone and a table can test it.
struct AttemptCheck: Sendable {
    enum Verdict: Sendable, Equatable {
        case begin(Means)
        /// Not until something new has arrived.
        case hold(HoldReason)
        /// The consents and referrals as they are now have not been seen lately: ask again soon.
        case notNow
        /// Never: the consent or the referral ended.
        case stop
    }

    /// By which way.
    enum Means: Sendable, Equatable {
        case webhook
        /// Into the recipient's inbox, which is here.
        case inbox
    }

    /// What a held delivery waits for. The raw value stands in the store and in counts.
    enum HoldReason: String, Sendable, CaseIterable {
        case consentMissing = "consent-missing"
        case consentIncomplete = "consent-incomplete"
        /// The consent names another recipient, or none.
        case consentNamesAnother = "consent-names-another"
        case consentExpired = "consent-expired"
        /// `recipient.changed` has not arrived.
        case recipientUnknown = "recipient-unknown"
        /// The recipient has no channel that this release speaks.
        case channelMissing = "channel-missing"
        /// The settings name no address and secret for the recipient.
        case endpointUnknown = "endpoint-unknown"
        /// The recipient's endpoint answered that it is there no more.
        case endpointGone = "endpoint-gone"
        /// The unit's telephone has not arrived.
        case unitUnknown = "unit-unknown"
    }

    /// What is known of the way to the recipient.
    enum Endpoint: Sendable, Equatable {
        case unknown, gone, ready
    }

    let notice: Notice
    let dossier: Dossier
    /// The day in Sweden.
    let today: CalendarDay
    /// Whether the ends of `consents` and `referrals` were seen within a minute, and nothing of the child's is parked.
    let viewIsFresh: Bool
    let unitPhone: String?
    /// Nil: the recipient has not arrived.
    let channels: [ChannelKind]?
    let endpoint: Endpoint

    /// The verdict. A cut-off notifier begins nothing, not even a recall: its store may be an old one.
    func verdict() -> Verdict {
        if notice == .requested {
            if dossier.isOver { return .stop }
            if let reason = Self.objection(
                to: dossier.consent, recipient: dossier.request.recipient, today: today)
            {
                return .hold(reason)
            }
        }
        guard viewIsFresh else { return .notNow }
        return means()
    }

    /// Why the consent doesn't let anything be sent to the recipient; nil when it does. A withdrawn one is for
    /// `isOver`.
    static func objection(to consent: KnownConsent?, recipient: String, today: CalendarDay) -> HoldReason? {
        guard let given = consent?.given else { return .consentMissing }
        guard given.complete else { return .consentIncomplete }
        guard given.recipient == recipient else { return .consentNamesAnother }
        if let last = given.validUntil, last < today { return .consentExpired }
        return nil
    }

    private func means() -> Verdict {
        guard unitPhone != nil else { return .hold(.unitUnknown) }
        guard let channels else { return .hold(.recipientUnknown) }
        switch channels.first(where: { $0 == .webhook || $0 == .inbox }) {
        case .webhook:
            switch endpoint {
            case .unknown: return .hold(.endpointUnknown)
            case .gone: return .hold(.endpointGone)
            case .ready: return .begin(.webhook)
            }
        case .inbox: return .begin(.inbox)
        default: return .hold(.channelMissing)
        }
    }
}

extension AttemptCheck.Means {
    /// The channel as events name it.
    var channel: ChannelKind {
        switch self {
        case .webhook: .webhook
        case .inbox: .inbox
        }
    }
}
