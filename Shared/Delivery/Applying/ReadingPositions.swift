public import Events
public import Store

/// Where reading stands, as a handler that applies reference data sees it.
public enum ReadingPositions {
    /// The next offset of each partition of a topic that has been opened: everything before it is in the store.
    ///
    /// Exact while a record of a compacted topic is applied (the worker writes the positions down before it), and
    /// between batches; within a batch it may otherwise lag by the batch's own records.
    public static func next(of topic: Topic, in scope: ReadScope) throws -> [Int32: Int64] {
        // Whatever prefix the topics of this deployment have: a store knows only one.
        let rows = try scope.all(
            "SELECT partition, next FROM next_offset WHERE substr(topic, -length(?1)) = ?1", .text(topic.name())
        ) { (Int32($0.int(0)), $0.integer(1)) }
        return Dictionary(rows) { first, _ in first }
    }
}
