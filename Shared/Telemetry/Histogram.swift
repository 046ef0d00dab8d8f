internal import Synchronization

/// How often a value fell into which range.
///
/// May be used from any thread; observing takes a short lock, so that the sum and the counts that are scraped belong
/// together.
public final class Histogram: Sendable {
    /// Seconds that suit a request or a batch on one machine: from a quarter of a millisecond to ten seconds.
    public static let secondsBuckets: [Double] = [
        0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    struct Snapshot: Sendable {
        /// How many values fell into each bucket and no lower one; the last counts those above every bound.
        var counts: [Int]
        var sum: Double
    }

    let buckets: [Double]
    private let state: Mutex<Snapshot>

    var snapshot: Snapshot { state.withLock { $0 } }

    init(buckets: [Double]) {
        self.buckets = buckets
        state = Mutex(Snapshot(counts: Array(repeating: 0, count: buckets.count + 1), sum: 0))
    }

    /// Takes in one value; a value equal to a bound belongs to that bucket.
    public func observe(_ value: Double) {
        let bucket = buckets.firstIndex { value <= $0 } ?? buckets.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }
}
