internal import Delivery
internal import Events
internal import Foundation
internal import Store

/// The table of what was said before the store was lost or rolled back: SQL only. Empty in ordinary life.
enum SaidBeforeTable {
    /// Keeps the highest revision of each screening among the service's own events that were taken back.
    static func takeBack(_ event: ReceivedEvent, in transaction: Transaction) throws {
        guard let child = event.child else { return }
        switch event.envelope.eventType {
        case .outcomeScored:
            let outcome = try event.decoded(as: OutcomeScored.self).body
            let content = OutcomeContent(
                instrument: outcome.instrument, factors: outcome.factors, signals: outcome.signals,
                acute: outcome.acute)
            let digest = OutcomeContent.digest(ofCanonical: try content.canonical())
            try keep(outcome.screening, of: child, event, digest: digest, in: transaction)
        case .outcomeRetracted:
            let screening = try event.decoded(as: OutcomeRetracted.self).body.screening
            try keep(screening, of: child, event, digest: nil, in: transaction)
        default: break
        }
    }

    private static func keep(
        _ screening: ScreeningID, of child: ChildID, _ event: ReceivedEvent, digest: [UInt8]?,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO said_before (screening, child, revision, digest, event, recorded_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET child = excluded.child, revision = excluded.revision, digest = excluded.digest,
                event = excluded.event, recorded_at = excluded.recorded_at WHERE excluded.revision > revision
            """,
            .uuid(screening.uuid), .uuid(child.uuid), .int(event.envelope.revision), .maybe(digest),
            .uuid(event.envelope.id), .time(event.envelope.time))
    }

    /// The next screenings in the order of their keys; from the first one after none.
    static func next(after screening: ScreeningID?, countMax: Int, in store: ReadScope) throws -> [SaidBefore] {
        try store.all(
            """
            SELECT screening, child, revision, digest, event, recorded_at FROM said_before
            WHERE screening > ? ORDER BY screening LIMIT ?
            """, screening.map { .uuid($0.uuid) } ?? .blob([]), .int(countMax)
        ) { row in
            SaidBefore(
                screening: ScreeningID(try row.uuid(0)), child: ChildID(try row.uuid(1)), revision: row.int(2),
                digest: row.blobIfAny(3), event: try row.uuid(4), time: row.time(5))
        }
    }

    static func remove(_ screening: ScreeningID, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM said_before WHERE screening = ?", .uuid(screening.uuid))
    }

    /// The common members of an event in the journal.
    static func members(of event: UUID, in store: ReadScope) throws -> CommonMembers? {
        let value = try store.first("SELECT value FROM outbox WHERE id = ?", .uuid(event)) { $0.blob(0) }
        return try value.map { try EventCodec.part(CommonMembers.self, from: $0) }
    }
}
