/// How long to wait before the next try: doubling from `first` to `ceiling`, with full jitter on the upper half.
///
/// A value: the caller counts the attempts and owns the randomness, so that a test can repeat a sequence.
public struct Backoff: Sendable {
    /// The wait after the first failure, before jitter.
    public let first: Duration
    /// No wait is longer.
    public let ceiling: Duration

    /// A doubling backoff between the two.
    public init(first: Duration, ceiling: Duration) {
        self.first = first
        self.ceiling = ceiling
    }

    /// The wait after `failures` failures in a row (from 1): between half of the doubled time and all of it.
    /// - Parameter jitter: a number in 0..<1.
    public func delay(afterFailures failures: Int, jitter: Double) -> Duration {
        let doublings = min(max(failures - 1, 0), 30)
        let full = min(first * Double(1 << doublings), ceiling)
        return full * (0.5 + 0.5 * jitter)
    }
}

extension Duration {
    fileprivate static func * (left: Duration, right: Double) -> Duration {
        .nanoseconds(Int64(left.inSeconds * right * 1e9))
    }
}
