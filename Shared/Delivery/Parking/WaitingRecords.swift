public import Events
public import Store

/// Records that were read and wait in the store unapplied: what they say is on disk, and not yet known.
public enum WaitingRecords {
    /// Whether a record of the child waits on one of the topics, for whatever reason.
    ///
    /// `SeenEnds` counts such a record as read. Who must not act on an incomplete view of a child, as on a consent
    /// whose withdrawal is parked (DESIGN 3.2), asks here in the transaction in which it acts. Costs one lookup in an
    /// index for each topic.
    public static func exist(of child: ChildID, on topics: Set<Topic>, in scope: ReadScope) throws -> Bool {
        try topics.contains { try ParkedRecords.isWaiting(key: Array(child.text.utf8), on: $0, in: scope) }
    }
}
