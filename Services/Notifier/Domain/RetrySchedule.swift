internal import Runtime

/// When a delivery is attempted again: the waits before each attempt, the first one included.
struct RetrySchedule: Sendable, Equatable {
    /// Waits between one attempt's end and the next one's start; as many as there are attempts.
    let waits: [Duration]

    /// The example schedule of Standard Webhooks 1.0.0: a little over three days.
    static let standard = RetrySchedule(
        waits: [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map { .seconds($0) })

    /// A receiver may ask for no longer wait than this.
    static let retryAfterMax = Duration.seconds(86_400)

    /// When the next attempt is due after `attempts` have failed, the last one now; nil when it was the last of all.
    ///
    /// Never earlier than the schedule or the receiver says; later by at most a fifth, so that deliveries that failed
    /// together don't come back together.
    /// - Parameter jitter: a number in 0..<1.
    func next(afterAttempts attempts: Int, at now: Timestamp, retryAfter: Duration?, jitter: Double) -> Timestamp? {
        guard attempts < waits.count else { return nil }
        let asked = min(retryAfter ?? .zero, Self.retryAfterMax)
        let wait = max(waits[attempts], asked)
        return now + wait + .milliseconds(Int64(Double(wait.wholeMilliseconds) * 0.2 * jitter))
    }
}
