internal import Events
internal import Foundation
internal import Runtime

/// What the store knows of one partition.
struct KnownPartition: Sendable, Equatable {
    let next: Int64
    let lastID: UUID?
}

/// What the broker shows of one partition.
struct SeenPartition: Sendable, Equatable {
    let start: Int64
    let end: Int64
    /// The id of the record just before the store's next offset; nil when the log has none at that place.
    let idBeforeNext: UUID?
    /// The committed offset and its metadata.
    let committed: Int64?
    let witness: Witness?
}

/// Decides, from what the store knows and what the broker shows, whether this is still the store's log (DESIGN 3.2).
///
/// librdkafka 2.0.2 gives no error when a topic was recreated and is longer than the stored offset: reading starts in
/// its middle. So the id of the last applied record is compared too. Pure: all effects are in `LogExamination`.
struct LogCheck: Sendable {
    struct Place: Hashable, Sendable {
        let topic: String
        let partition: Int32
    }

    let identity: StoreIdentity
    let cluster: String
    let compacted: Set<String>
    let known: [Place: KnownPartition]
    let seen: [Place: SeenPartition]

    /// Everything that speaks against reading, in a stable order. Empty: read on.
    func findings() -> [LogFinding] {
        var findings: [LogFinding] = []
        if let ours = identity.cluster, ours != cluster {
            return [.anotherCluster(known: ours, seen: cluster)]
        }
        if identity.restored { findings.append(.restored) }
        findings += foreignWitnesses()
        if isCold, !identity.acceptsLateLog { findings += lostBeginnings() }
        let places = known.keys.sorted { ($0.topic, $0.partition) < ($1.topic, $1.partition) }
        for place in places {
            guard let known = known[place], let seen = seen[place] else { continue }
            findings += self.findings(at: place, known: known, seen: seen)
        }
        return findings
    }

    /// Whether the store has never read anything.
    var isCold: Bool { known.isEmpty }

    /// The highest epoch of all marks that the broker shows, whoever left them; nil where nobody did.
    var highestEpoch: Int? { seen.values.compactMap { $0.witness?.epoch }.max() }

    /// Of each topic the first partition whose oldest records are gone. A compacted log is whole all the same.
    private func lostBeginnings() -> [LogFinding] {
        let late = seen.filter { $0.value.start > 0 && !compacted.contains($0.key.topic) }
        let places = late.keys.sorted { ($0.topic, $0.partition) < ($1.topic, $1.partition) }
        var topics: Set<String> = []
        return places.compactMap { place in
            guard topics.insert(place.topic).inserted, let start = late[place]?.start else { return nil }
            return .beginsLate(topic: place.topic, partition: place.partition, start: start)
        }
    }

    /// The epoch decides first: one below ours was fenced by a take-over, whoever left it, even if its process came
    /// back to write its mark over ours once more before it saw that.
    private func foreignWitnesses() -> [LogFinding] {
        let rivals = seen.values.compactMap(\.witness).filter { $0.epoch >= identity.epoch }
        if rivals.contains(where: { $0.incarnation != identity.incarnation }) { return [.foreignStore] }
        let highest = rivals.map(\.epoch).max() ?? 0
        return highest > identity.epoch ? [.fenced(ours: identity.epoch, seen: highest)] : []
    }

    private func findings(at place: Place, known: KnownPartition, seen: SeenPartition) -> [LogFinding] {
        if known.next > seen.end {
            return [.logTooShort(topic: place.topic, partition: place.partition, next: known.next, end: seen.end)]
        }
        // A compacted log may have lost what lay before its start; what is left is still the whole state.
        let isCompacted = compacted.contains(place.topic)
        if known.next < seen.start, !isCompacted {
            return [.logTooYoung(topic: place.topic, partition: place.partition, next: known.next, start: seen.start)]
        }
        let lastIsInLog = seen.start < known.next && !isCompacted
        if let lastID = known.lastID, seen.idBeforeNext != lastID, seen.idBeforeNext != nil || lastIsInLog {
            return [.anotherRecord(topic: place.topic, partition: place.partition, offset: known.next - 1)]
        }
        let ours = seen.witness?.incarnation == identity.incarnation && seen.witness?.epoch == identity.epoch
        if ours, let committed = seen.committed, committed > known.next {
            return [
                .rolledBack(topic: place.topic, partition: place.partition, next: known.next, committed: committed)
            ]
        }
        return []
    }

    /// Whether a store of another origin was the last to read here, under an epoch below ours: fenced by a take-over,
    /// or a healthy one whose place this store is about to take by mistake. Only watching tells.
    var lastReaderIsForeign: Bool {
        seen.values.compactMap(\.witness).contains {
            $0.incarnation != identity.incarnation && $0.epoch < identity.epoch
        }
    }

    /// Whether somebody else was the last to read with this very store, so that a start must first watch whether it
    /// lives.
    /// - Parameter remembered: the processes that ran on this store in this place. Holding its lock, they are dead.
    func lastReaderIsElsewhere(remembered: Set<UUID>) -> Bool {
        seen.values.compactMap(\.witness).contains { witness in
            witness.incarnation == identity.incarnation
                && (witness.place != identity.place || !remembered.contains(witness.boot))
        }
    }
}
