/// Why a service must not read, in words for an operator, and the command by which the operator decides.
public enum LogFinding: Sendable, Equatable, CustomStringConvertible {
    /// The broker's cluster isn't the one that the offsets belong to.
    case anotherCluster(known: String, seen: String)
    /// A topic doesn't have the partitions of the contract.
    case partitionCount(topic: String, contract: Int, seen: Int)
    /// The log ends before the next offset: records were lost, or the topic was made anew.
    case logTooShort(topic: String, partition: Int32, next: Int64, end: Int64)
    /// The log begins after the next offset: records were deleted before they were read.
    case logTooYoung(topic: String, partition: Int32, next: Int64, start: Int64)
    /// A store that has read nothing finds a log whose beginning is gone.
    case beginsLate(topic: String, partition: Int32, start: Int64)
    /// The record before the next offset isn't the one that was applied: the topic was replaced.
    case anotherRecord(topic: String, partition: Int32, offset: Int64)
    /// The broker remembers that this store had read further: the store is older than it was.
    case rolledBack(topic: String, partition: Int32, next: Int64, committed: Int64)
    /// The store came from a backup.
    case restored
    /// A store of another origin reads as this service.
    case foreignStore
    /// This store was taken over under a higher epoch.
    case fenced(ours: Int, seen: Int)
    /// Another process on a copy of this store is alive.
    case copyAlive

    /// One line: what was seen, and which command decides.
    public var description: String {
        switch self {
        case .anotherCluster(let known, let seen):
            "the broker is cluster \(seen), the store's offsets belong to \(known): "
                + "point the service at its own broker, or `recover adopt-cluster`"
        case .partitionCount(let topic, let contract, let seen):
            "topic \(topic) has \(seen) partitions where the contract says \(contract): "
                + "restore the topic's partitions; more partitions means a new topic"
        case .logTooShort(let topic, let partition, let next, let end):
            "topic \(topic) partition \(partition) ends at \(end), before the next offset \(next): "
                + "it lost records or was made anew; `recover reread \(topic)`"
        case .logTooYoung(let topic, let partition, let next, let start):
            "topic \(topic) partition \(partition) begins at \(start), after the next offset \(next): "
                + "records were deleted unread; have the writer republish, then `recover reread \(topic)`"
        case .beginsLate(let topic, let partition, let start):
            "this store is new and topic \(topic) partition \(partition) begins at \(start): what lay before is gone; "
                + "have the writer `recover republish` it, wait until its outbox is empty, then `recover take-over`"
        case .anotherRecord(let topic, let partition, let offset):
            "topic \(topic) partition \(partition) holds another record at \(offset) than the one applied: "
                + "it was replaced; `recover reread \(topic)`"
        case .rolledBack(let topic, let partition, let next, let committed):
            "the broker remembers offset \(committed) of topic \(topic) partition \(partition), "
                + "the store only \(next): it is older than it was; `recover rolled-back`"
        case .restored:
            "the store was restored from a backup: `recover rolled-back` takes back what it had said since"
        case .foreignStore:
            "another store reads as this service: stop that one, or `recover take-over`"
        case .fenced(let ours, let seen):
            "the broker has seen epoch \(seen) of this store, here it is \(ours): "
                + "another process took over; stop that one, or `recover take-over`"
        case .copyAlive:
            "a process on a copy of this store is alive: stop it, or delete this copy"
        }
    }
}

/// Ends a service that must not go on until an operator has decided.
public struct LogRefusal: Error, Sendable, CustomStringConvertible {
    /// All that was found.
    public let findings: [LogFinding]

    /// The findings on one line.
    public var description: String { findings.map(\.description).joined(separator: "; ") }
}
