internal import Synchronization

/// A number that goes up and down.
///
/// Setting is one atomic instruction, from any thread.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    /// What was set last; 0 before.
    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    init() {}

    /// Replaces the value.
    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Adds to the value, so that several threads can count what is under way.
    public func add(_ amount: Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let sum = (Double(bitPattern: seen) + amount).bitPattern
            let (exchanged, original) = bits.compareExchange(expected: seen, desired: sum, ordering: .relaxed)
            if exchanged { return }
            seen = original
        }
    }
}
