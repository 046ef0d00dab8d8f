internal import Delivery
internal import Store

/// Below which no outcome's next revision may lie: SQL only.
///
/// A store that took the place of a lost one may have counted fewer revisions of an outcome than others know, where the
/// topic no longer tells. What it says next of an outcome that it has counted itself lies above everything that an
/// earlier store can have said. While a store is being rebuilt it counts as the lost one did, so that it says the same.
enum RevisionFloor {
    /// More than any outcome is ever said again within one store's life.
    static let revisionsOfAnEpoch = 1000

    /// Raises the floor to that of the store's epoch.
    static func raise(in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE revision_floor SET floor = max(floor, ?)", .int(try wanted(in: transaction)))
    }

    static func isDue(in store: ReadScope) throws -> Bool {
        try store.exists("SELECT 1 FROM revision_floor WHERE floor < ?", .int(try wanted(in: store)))
    }

    private static func wanted(in store: ReadScope) throws -> Int {
        (try StoreEpoch.read(in: store) - 1) * revisionsOfAnEpoch
    }
}
