internal import Kafka
internal import Runtime
internal import Telemetry

/// How far a long reading has come between two sets of offsets, and how long it will take. Pure but for the instants
/// that it is given.
struct ReadingProgress: Sendable {
    /// Between two lines in the log.
    static let interval = Duration.seconds(5)

    private var left: [TopicPartition: Int64]
    private let ends: [TopicPartition: Int64]
    let total: Int64
    private let startedAt: ContinuousClock.Instant
    private var lastLineAt: ContinuousClock.Instant

    /// Offsets count as records, which they are but for the gaps of compacted topics.
    init(from next: [TopicPartition: Int64], to ends: [TopicPartition: Int64], at now: ContinuousClock.Instant) {
        self.ends = ends
        left = ends.filter { $0.value > next[$0.key, default: 0] }.reduce(into: [:]) { left, end in
            left[end.key] = end.value - next[end.key, default: 0]
        }
        total = left.values.reduce(0, +)
        startedAt = now
        lastLineAt = now
    }

    /// Notes that a partition has been read up to `next`.
    mutating func read(_ place: TopicPartition, next: Int64) {
        guard let end = ends[place], left[place] != nil else { return }
        left[place] = end > next ? end - next : nil
    }

    var done: Int64 { total - left.values.reduce(0, +) }
    var isOver: Bool { left.isEmpty }

    /// The time that what is left will take at the pace so far; nil before anything was read.
    func timeLeft(at now: ContinuousClock.Instant) -> Duration? {
        guard done > 0 else { return nil }
        return (now - startedAt) * (Double(total - done) / Double(done))
    }

    /// As "1200 of 600000 records, about 40 s left".
    func text(at now: ContinuousClock.Instant) -> String {
        let time = timeLeft(at: now).map { ", about \(max(1, $0.components.seconds)) s left" } ?? ""
        return "\(done) of \(total) records" + time
    }

    /// A line for the log when the last is old enough.
    mutating func line(at now: ContinuousClock.Instant) -> Field? {
        guard now - lastLineAt >= Self.interval, !isOver else { return nil }
        lastLineAt = now
        return Field("progress", shown: text(at: now))
    }
}
