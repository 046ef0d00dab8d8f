internal import Events
internal import Runtime

/// What the referral's own course lets the notifier do.
enum ReferralStanding: Sendable, Equatable {
    case open
    /// It ended: nothing more is said of it.
    case closed
    /// It was taken back at this time: whoever was told of it is told so.
    case recalled(at: Timestamp)

    /// The standing after a `referral.changed` that was recorded at `time`.
    init(_ changed: ReferralChanged, at time: Timestamp) {
        let consentGone = changed.closing == .consentWithdrawn
        self =
            switch changed.to {
            case .cancelled, .enteredInError: .recalled(at: time)
            case .completed, .rejected, .failed: consentGone ? .recalled(at: time) : .closed
            case .requested, .accepted, .inProgress, .onHold: .open
            }
    }
}
