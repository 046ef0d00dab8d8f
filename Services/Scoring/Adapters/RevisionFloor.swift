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
    /// before now of which nothing is known may have been scored by an earlier store, and counts from there too; so
    /// does one that was given before such a loss in an earlier epoch.
    static func raise(now: Timestamp, in transaction: Transaction) throws {
        let isBlind = try TakenBackTable.hasLostBeginning(of: .outcomes, in: transaction)
        try transaction.execute(
            "UPDATE revision_floor SET floor = ?1, blank_until = max(blank_until, ?2) WHERE floor < ?1",
            .int(try wanted(in: transaction)), isBlind ? .time(now) : .integer(-1))
    }

    static func isDue(in store: ReadScope) throws -> Bool {
        try store.exists("SELECT 1 FROM revision_floor WHERE floor < ?", .int(try wanted(in: store)))
    }

    /// Below which no outcome's next revision lies now.
    static func current(in store: ReadScope) throws -> Int {
        try store.first("SELECT floor FROM revision_floor") { $0.int(0) } ?? 0
    }

    /// From where a screening counts that isn't scored: one that was taken back, or one of which nothing has come. What
    /// the topic tells of that is settled with later, save where a fact follows on it: that is said above it at once.
    ///
    /// Nearly every form comes here and is neither taken back nor told of: one look tells that.
    static func ofUnscored(_ screening: ScreeningID, for fact: CommonMembers, in store: ReadScope) throws -> Standing {
        let found = try store.first(
            """
            SELECT floor, blank_until >= ?2, EXISTS (SELECT 1 FROM retracted WHERE screening = ?1),
                EXISTS (SELECT 1 FROM said_before WHERE screening = ?1)
            FROM revision_floor
            """, .uuid(screening.uuid), .time(fact.occurredAt)
        ) { (floor: $0.int(0), isOfBlank: $0.bool(1), isRetracted: $0.bool(2), isSaid: $0.bool(3)) }
        let floor = found?.floor ?? 0
        if found?.isRetracted == true, let form = try RetractedTable.find(screening, in: store) {
            return .retracted(form, floor: floor)
        }
        if found?.isSaid == true, let said = try SaidBeforeTable.find(screening, in: store) {
            guard said.isFollowed(by: fact) else { return .blank(counted: 0, lastEvent: nil) }
            return .blank(counted: said.revision, lastEvent: EventID(said.event))
        }
        return .blank(counted: found?.isOfBlank == true ? floor : 0, lastEvent: nil)
    }

    /// The floor of the store's epoch.
    static func wanted(in store: ReadScope) throws -> Int {
        (try StoreEpoch.read(in: store) - 1) * revisionsOfAnEpoch
    }
}
