internal import Events
internal import Runtime

/// What one revision of a fact said, and when and in which role it was said.
struct Revised<Content: RunForming>: Codable, Equatable, Sendable {
    let revision: Int
    /// When it happened in the room.
    let at: Timestamp
    /// When its writer recorded it. Rises along a topic; `at` need not.
    let recordedAt: Timestamp
    let by: ActorRole
    let content: Content
}

/// A content that may say the same as the revision before it, as far as a referral is concerned.
protocol RunForming: Codable, Equatable, Sendable {
    /// Whether what follows from `earlier` still follows from this.
    func continues(_ earlier: Self) -> Bool
}

/// All revisions of one fact, in their order.
///
/// The whole history is kept and not the last word only: what stands and what has ended is read from histories, so
/// that it is the same whichever topic was read first.
struct Revisions<Content: RunForming>: Codable, Equatable, Sendable {
    /// Revisions in a row that say the same.
    struct Run: Equatable, Sendable {
        /// At least one.
        var entries: [Revised<Content>]
        /// The revision that says something else; nil while the run lasts.
        var endedBy: Revised<Content>?

        var first: Revised<Content> { entries[0] }
        var last: Revised<Content> { entries[entries.count - 1] }
    }

    private(set) var entries: [Revised<Content>] = []

    /// Adds the next revision; one that isn't next is known already.
    mutating func add(_ entry: Revised<Content>) {
        guard entry.revision > entries.last?.revision ?? 0 else { return }
        entries.append(entry)
    }

    /// From the first to the one that lasts.
    var runs: [Run] {
        var runs: [Run] = []
        for entry in entries {
            if let last = runs.last, entry.content.continues(last.last.content) {
                runs[runs.count - 1].entries.append(entry)
            } else {
                if !runs.isEmpty { runs[runs.count - 1].endedBy = entry }
                runs.append(Run(entries: [entry]))
            }
        }
        return runs
    }

    /// The run that lasts; nil before the first revision.
    var current: Run? { runs.last }

    /// The run that began with a revision.
    func run(since revision: Int) -> Run? { runs.first { $0.first.revision == revision } }
}
