internal import Events
internal import Runtime

/// One notice on its way to one recipient.
struct PlannedDelivery: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable {
        /// To be attempted when due.
        case waiting
        /// The recipient's system took it.
        case delivered
        /// All attempts failed.
        case exhausted
        /// The consent or the referral ended before it was delivered.
        case stopped
    }

    let id: DeliveryID
    let notice: Notice
    var state: State
    /// Whether an attempt was begun whose result isn't known yet.
    var isUnderWay: Bool
    /// Whether an attempt, or the inbox, may have told the recipient although no success is recorded.
    var mayHaveArrived: Bool
}
