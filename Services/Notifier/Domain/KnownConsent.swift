internal import Events
internal import Runtime

/// A consent as the notifier knows it, from both of its events in whatever order they came.
struct KnownConsent: Sendable, Equatable {
    /// The latest `consent.given`; nil when only a withdrawal has come.
    struct Given: Sendable, Equatable {
        let recipient: String?
        let complete: Bool
        let feedback: Feedback
        let validUntil: CalendarDay?
    }

    var given: Given?
    /// When the whole of it was withdrawn. For good: a parent who changes her mind gives a new consent.
    var withdrawnAt: Timestamp?
    var feedbackWithdrawn = false

    /// The consent after a withdrawal. The earliest one counts.
    func withdrawn(_ scope: WithdrawalScope, at time: Timestamp) -> KnownConsent {
        var consent = self
        switch scope {
        case .all: consent.withdrawnAt = min(withdrawnAt ?? time, time)
        case .feedback: consent.feedbackWithdrawn = true
        }
        return consent
    }
}
