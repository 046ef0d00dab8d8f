internal import Foundation

/// Where a service gets the time from. `main` passes the machine's clock, tests a clock they move by hand.
///
/// `now` may be called from any thread and never blocks. It can go backwards when the machine's clock is set.
public struct TimeSource: Sendable {
    /// The present instant.
    public let now: @Sendable () -> Timestamp

    /// A source that asks `now` each time.
    public init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    /// The machine's clock.
    public static let system = TimeSource { Timestamp(Date()) }
}
