internal import Runtime

/// Whether one recipient is worth trying: opens after failures in a row, then lets one attempt through at a time.
///
/// A value, kept in memory only: after a restart everybody is tried again.
struct Circuit: Sendable, Equatable {
    static let failuresMax = 5
    static let backoff = Backoff(first: .seconds(30), ceiling: .seconds(600))

    private var failuresInARow = 0
    private var openUntil: Timestamp?

    /// Whether attempts are held back.
    func isOpen(at now: Timestamp) -> Bool { openUntil.map { now < $0 } ?? false }

    /// Attempts that may begin beside those under way.
    func slots(at now: Timestamp, underWay: Int, attemptsMax: Int) -> Int {
        guard let openUntil else { return max(0, attemptsMax - underWay) }
        return now >= openUntil && underWay == 0 ? 1 : 0
    }

    /// A receiver that answers at all, even with a refusal of this one delivery, isn't down.
    mutating func succeeded() { self = Circuit() }

    mutating func failed(at now: Timestamp, jitter: Double) {
        failuresInARow += 1
        let over = failuresInARow - Self.failuresMax
        guard over >= 0 else { return }
        openUntil = now + Self.backoff.delay(afterFailures: over + 1, jitter: jitter)
    }
}
