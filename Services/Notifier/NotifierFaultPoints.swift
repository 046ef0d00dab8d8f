internal import Runtime

/// The places of the notifier's own at which the crash suite ends it.
enum NotifierFaultPoints {
    /// The attempt's beginning is on disk and nothing is sent.
    static let beforeAttempt = FaultPoint("courier.before-attempt")
    /// The receiver has answered and the store doesn't know.
    static let attempted = FaultPoint("courier.attempted")

    static let all = [beforeAttempt, attempted]
}
