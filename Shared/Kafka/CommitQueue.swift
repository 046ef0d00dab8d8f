/// Which commit goes next: one at a time, so that none piles up while the broker is slow, and the newest wins.
struct CommitQueue {
    struct Commit: Equatable {
        var offsets: [TopicPartition: Int64]
        var metadata: String
    }

    private var waiting: Commit?
    private(set) var isUnderWay = false

    /// Takes note of a commit to be sent; offsets of the same partitions that wait are replaced.
    mutating func offer(_ offsets: [TopicPartition: Int64], metadata: String) {
        if offsets.isEmpty { return }
        let merged = (waiting?.offsets ?? [:]).merging(offsets) { _, new in new }
        waiting = Commit(offsets: merged, metadata: metadata)
    }

    /// The commit to send now, if one waits and none is under way. It is under way from here.
    mutating func next() -> Commit? {
        guard !isUnderWay, let commit = waiting else { return nil }
        waiting = nil
        isUnderWay = true
        return commit
    }

    /// The one under way was answered, whatever the answer.
    mutating func answered() { isUnderWay = false }
}
