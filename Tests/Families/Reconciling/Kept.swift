/// A service's column of the table.
enum Service: String, Sendable, CaseIterable {
    case intake
    case scoring
    case referralRouter = "referral-router"
    case notifier
    case reporting
}

extension Fact {
    /// The names under which each service counts the fact in `/v1/counts`; several are added up. A service that isn't
    /// named doesn't know the fact.
    var names: [Service: [String]] {
        switch self {
        case .children: [.intake: ["children.listed"], .reporting: ["children.listed"]]
        case .participating: [.intake: ["children.participating"], .reporting: ["children.participating"]]
        case .visits: [.intake: ["visits.held"], .reporting: ["visits.held"]]
        case .notOffered: [.intake: ["screenings.not-offered"], .reporting: ["screenings.not-offered"]]
        case .offered: [.intake: ["screenings.offered"], .reporting: ["screenings.offered"]]
        case .declined: [.intake: ["screenings.declined"], .reporting: ["screenings.declined"]]
        case .answered:
            [.intake: ["screenings.answered"], .scoring: ["forms.scored"], .reporting: ["screenings.answered"]]
        case .partial: [.intake: ["screenings.partial"], .reporting: ["screenings.partial"]]
        case .withOutcome:
            [
                .intake: ["outcomes.with-outcome"], .scoring: ["forms.with-outcome"],
                .reporting: ["outcomes.with-outcome"],
            ]
        case .conversations: [.intake: ["conversations.recorded"], .reporting: ["conversations.recorded"]]
        case .offers: [.intake: ["offers.made"], .referralRouter: ["offers"], .reporting: ["offers.made"]]
        case .jointVisits:
            [.referralRouter: ["offers.kind.joint-visit"], .reporting: ["offers.kind.joint-visit"]]
        case .offersAccepted: [.intake: ["offers.accepted"], .reporting: ["offers.accepted"]]
        case .offersDeclined: [.intake: ["offers.declined"], .reporting: ["offers.declined"]]
        case .offersConsidering: [.intake: ["offers.considering"], .reporting: ["offers.considering"]]
        case .offersWithdrawn: [.intake: ["offers.withdrawn"], .reporting: ["offers.withdrawn"]]
        case .consents: [.intake: ["consents.given"], .referralRouter: ["consents"], .reporting: ["consents.given"]]
        case .consentsComplete: [.intake: ["consents.complete"], .reporting: ["consents.complete"]]
        case .consentsWithdrawn: [.intake: ["consents.withdrawn"], .reporting: ["consents.withdrawn"]]
        case .awaitingGuardian: [.referralRouter: ["offers.standing.held.awaiting-guardian"]]
        case .awaitingConsent: [.referralRouter: ["offers.standing.awaiting-consent"]]
        case .held, .heldGuardian, .heldRestricted, .requested, .delivered, .recalled, .answeredReferrals,
            .completed, .inProgress, .rejected, .failed:
            referralNames
        }
    }

    private var referralNames: [Service: [String]] {
        switch self {
        case .held:
            [
                .intake: ["referrals.held"], .referralRouter: ["referrals.held"],
                .reporting: Self.heldReasons.map { "referrals.held.\($0)" },
            ]
        case .heldGuardian:
            [.referralRouter: ["referrals.held.awaiting-guardian"], .reporting: ["referrals.held.awaiting-guardian"]]
        case .heldRestricted:
            [.referralRouter: ["referrals.held.restricted"], .reporting: ["referrals.held.restricted"]]
        case .requested:
            [
                .intake: ["referrals.known"], .referralRouter: ["referrals.requested"],
                .notifier: ["referrals.received"], .reporting: ["referrals.requested"],
            ]
        case .delivered: [.notifier: ["deliveries.delivered"], .reporting: ["referrals.delivered"]]
        case .recalled:
            [
                .intake: ["referrals.cancelled"], .referralRouter: ["referrals.recalled"],
                .notifier: ["recalls.delivered"], .reporting: ["referrals.cancelled"],
            ]
        case .answeredReferrals: [.notifier: ["referrals.answered"], .reporting: ["referrals.answered"]]
        case .completed: states("completed")
        case .inProgress: states("in-progress")
        case .rejected: states("rejected")
        case .failed: states("failed")
        default: [:]
        }
    }

    private static let heldReasons = [
        "awaiting-guardian", "capacity", "consent-incomplete", "no-recipient", "restricted",
    ]

    private func states(_ state: String) -> [Service: [String]] {
        [
            .intake: ["referrals.\(state)"], .referralRouter: ["referrals.state.\(state)"],
            .reporting: ["referrals.\(state)"],
        ]
    }
}
