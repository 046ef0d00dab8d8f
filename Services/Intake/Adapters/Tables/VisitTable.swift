internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Visits held: SQL only.
enum VisitTable {
    static func find(_ visit: VisitID, in store: ReadScope) throws -> Visit? {
        try store.first(
            """
            SELECT visit, child, slot, held_at, team, place, present, actor, revision, event FROM visit WHERE visit = ?
            """, .uuid(visit.uuid), read: read)
    }

    static func find(slot: String, of child: ChildID, in store: ReadScope) throws -> Visit? {
        try store.first(
            """
            SELECT visit, child, slot, held_at, team, place, present, actor, revision, event
            FROM visit WHERE child = ? AND slot = ?
            """, .uuid(child.uuid), .text(slot), read: read)
    }

    static func write(_ visit: Visit, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO visit (visit, child, slot, held_at, team, place, present, actor, revision, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET held_at = excluded.held_at, team = excluded.team, place = excluded.place,
                present = excluded.present, revision = excluded.revision, event = excluded.event
                WHERE excluded.revision >= revision
            """,
            .uuid(visit.id.uuid), .uuid(visit.child.uuid), .text(visit.slot), .time(visit.heldAt),
            .text(visit.team.rawValue), .text(visit.place.rawValue), .blob(visit.present.flatMap(\.bytes)),
            .text(visit.actor.rawValue), .int(visit.revision), .blob(visit.event?.bytes ?? []))
    }

    private static func read(_ row: Row) throws -> Visit {
        let bytes = row.blob(6)
        let present = stride(from: 0, to: bytes.count, by: 16).compactMap { start in
            UUID(bytes: bytes[start..<min(start + 16, bytes.count)]).map { RespondentID($0) }
        }
        return Visit(
            id: VisitID(try row.uuid(0)), child: ChildID(try row.uuid(1)), slot: row.text(2), heldAt: row.time(3),
            team: VisitTeam(rawValue: row.text(4)), place: VisitPlace(rawValue: row.text(5)), present: present,
            actor: ActorRole(rawValue: row.text(7)), revision: row.int(8),
            event: UUID(bytes: row.blob(9)).map { EventID($0) })
    }
}
