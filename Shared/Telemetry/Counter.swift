internal import Synchronization

/// A number that only grows while the process lives.
///
/// Adding is one atomic instruction, from any thread.
public final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// What has been counted since the process started.
    public var value: Int { count.load(ordering: .relaxed) }

    init() {}

    /// Counts `amount` more; never a negative amount.
    public func add(_ amount: Int = 1) {
        precondition(amount >= 0, "a counter only grows")
        count.add(amount, ordering: .relaxed)
    }
}
