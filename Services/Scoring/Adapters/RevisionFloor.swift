internal import Delivery
internal import Events
internal import Runtime
internal import Store

/// Below which no outcome's next revision may lie: SQL only.
///
/// A store that took the place of a lost one may have counted fewer revisions of an outcome than others know, where the
/// topic no longer tells. What it says next of an outcome that it has counted itself lies above everything that an
/// earlier store can have said. While a store is being rebuilt it counts as the lost one did, so that it says the same.
enum RevisionFloor {
    /// More than any outcome is ever said again within one store's life.
    static let revisionsOfAnEpoch = 1000

    /// Raises the floor to that of the store's epoch. Where the oldest outcomes were gone from the topic, a form given
    /// before now of which nothing is known may have been scored by an earlier store, and counts from there too.
    static func raise(now: Timestamp, in transaction: Transaction) throws {
        let isBlind = try TakenBackTable.hasLostBeginning(of: .outcomes, in: transaction)
        try transaction.execute(
            "UPDATE revision_floor SET floor = ?1, blank_until = ?2 WHERE floor < ?1",
            .int(try wanted(in: transaction)), isBlind ? .time(now) : .integer(-1))
    }

    static func isDue(in store: ReadScope) throws -> Bool {
        try store.exists("SELECT 1 FROM revision_floor WHERE floor < ?", .int(try wanted(in: store)))
    }

    /// From where a screening counts of which nothing has come: what the topic tells of it is settled with later.
    static func ofBlank(_ screening: ScreeningID, at occurredAt: Timestamp, in store: ReadScope) throws -> Int {
        try store.first(
            """
            SELECT floor FROM revision_floor
            WHERE blank_until >= ?1 AND NOT EXISTS (SELECT 1 FROM said_before WHERE screening = ?2)
            """, .time(occurredAt), .uuid(screening.uuid)
        ) { $0.int(0) } ?? 0
    }

    /// The floor of the store's epoch.
    static func wanted(in store: ReadScope) throws -> Int {
        (try StoreEpoch.read(in: store) - 1) * revisionsOfAnEpoch
    }
}
