internal import Foundation
internal import Runtime
internal import Store

/// Who a store is to the broker (DESIGN 3.5): made once at random, and the epoch raised by restore, take-over, adoption
/// of a cluster and change of slices.
struct StoreIdentity: Sendable, Equatable {
    let incarnation: UUID
    var epoch: Int
    /// The cluster that the offsets belong to; nil until the first one was seen.
    var cluster: String?
    /// The machine and directory on which the store last ran.
    var place: String
    /// The process that last ran on the store; another one every start.
    var boot: UUID
    /// Whether the store came from a backup and nobody has yet decided what that means.
    var restored: Bool
    /// Whether an operator decided that an empty store is to begin where its log begins, however late that is.
    var acceptsLateLog = false

    /// Reads the identity, making it in a new store.
    static func load(place: String, ids: IdentifierSource, in transaction: Transaction) throws -> StoreIdentity {
        if let identity = try read(in: transaction) { return identity }
        let made = StoreIdentity(
            incarnation: ids.random(), epoch: 1, cluster: nil, place: place, boot: ids.random(), restored: false)
        try transaction.execute(
            "INSERT INTO identity (id, incarnation, epoch, place, boot) VALUES (1, ?, 1, ?, ?)",
            .uuid(made.incarnation), .text(place), .uuid(made.boot))
        return made
    }

    static func read(in scope: ReadScope) throws -> StoreIdentity? {
        try scope.first(
            """
            SELECT incarnation, epoch, cluster, place, boot, restored, accepts_late_log FROM identity WHERE id = 1
            """
        ) { row in
            StoreIdentity(
                incarnation: try row.uuid(0), epoch: row.int(1), cluster: row.textIfAny(2), place: row.text(3),
                boot: try row.uuid(4), restored: row.bool(5), acceptsLateLog: row.bool(6))
        }
    }

    /// The processes that ran on this store in this place, the latest thousand: their marks with the broker are ours.
    static func remembered(place: String, in scope: ReadScope) throws -> Set<UUID> {
        Set(
            try scope.all("SELECT boot FROM boot WHERE place = ? ORDER BY seq DESC LIMIT 1000", .text(place)) {
                try $0.uuid(0)
            })
    }

    /// Remembers a new process before it leaves its first mark.
    func rememberBoot(in transaction: Transaction) throws {
        try transaction.execute("INSERT INTO boot (boot, place) VALUES (?, ?)", .uuid(boot), .text(place))
        try transaction.execute("DELETE FROM boot WHERE seq <= (SELECT max(seq) FROM boot) - 1000")
    }

    func save(in transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE identity SET epoch = ?, cluster = ?, place = ?, boot = ?, restored = ?, accepts_late_log = ?
            WHERE id = 1
            """,
            .int(epoch), .maybe(cluster), .text(place), .uuid(boot), .bool(restored), .bool(acceptsLateLog))
    }
}
