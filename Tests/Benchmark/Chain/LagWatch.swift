import Events
import Foundation
import Runtime

/// Asks reporting every second how many outcomes, of which each form has one, have arrived at the end of the chain.
///
/// Where its reading stands is asked, as dashboards do: its counts may be as old as they are dear.
struct LagWatch: Sendable {
    /// One look.
    struct Sample: Codable, Sendable {
        /// Since the clock was started.
        let seconds: Double
        let accepted: Int
        let counted: Int
        var lag: Int { accepted - counted }
    }

    static let interval = Duration.seconds(1)
    /// Between two looks at the end, when seconds matter.
    static let fineInterval = Duration.milliseconds(50)

    let wire: Wire
    let places: ChainPlaces
    let taken: Load.Taken
    /// Where reporting's reading stood before.
    let before: Int

    func counted() async throws -> Int {
        let text = String(decoding: try await wire.get(reporting() + "/metrics"), as: UTF8.self)
        let topic = "topic=\"\(Topic.outcomes.name(prefix: places.topicPrefix))\""
        let lines = text.split(separator: "\n").filter {
            $0.hasPrefix("kafka_consumergroup_current_offset{") && $0.contains(topic)
        }
        let offsets = lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
        guard offsets.count == Int(Catalogue.childPartitions) else {
            Benchmark.fail("reporting tells of \(offsets.count) partitions of its outcomes")
        }
        return Int(offsets.reduce(0, +)) - before
    }

    func counts() async throws -> [String: Int] {
        try await wire.counts(reporting())
    }

    private func reporting() -> String {
        guard let reporting = places.operations["reporting"] else { Benchmark.fail("no address of reporting") }
        return reporting
    }

    func watch(from began: ContinuousClock.Instant, until end: ContinuousClock.Instant) async throws -> [Sample] {
        var samples: [Sample] = []
        var next = began + Self.interval
        while next <= end {
            try await Task.sleep(until: next)
            // Read before asking: what is accepted while reporting answers is no lag.
            let accepted = taken.forms.value
            let counted = try await counted()
            samples.append(
                Sample(
                    seconds: (ContinuousClock.now - began).inSeconds, accepted: accepted,
                    counted: min(counted, accepted)))
            next += Self.interval
        }
        return samples
    }

    /// Waits until reporting has read all that was accepted.
    /// - Returns: how long it took; nil when it did not within the limit.
    func untilEmpty(within limit: Duration) async throws -> Duration? {
        let began = ContinuousClock.now
        while ContinuousClock.now - began < limit {
            if try await counted() >= taken.forms.value { return ContinuousClock.now - began }
            try await Task.sleep(for: Self.fineInterval)
        }
        return nil
    }

    /// The largest lag of the last third (20 s of a minute), and of the third before.
    static func largest(_ samples: [Sample]) -> (before: Int, last: Int) {
        let third = max(1, samples.count / 3)
        let last = samples.suffix(third)
        let before = samples.dropLast(third).suffix(third)
        return (before.map(\.lag).max() ?? 0, last.map(\.lag).max() ?? 0)
    }
}
