internal import Delivery
internal import Events
internal import Foundation
internal import Store

/// The table of what was said before the store was lost or rolled back: SQL only. Empty in ordinary life.
enum SaidBeforeTable {
    /// The one member by which a value that can't be read tells what has to be back.
    private struct FormRevision: Decodable {
        let formRevision: Int?
    }

    /// Keeps the highest revision of each screening among the service's own events that were taken back. One that this
    /// release can't read is kept as something that no store can come to: it will be said again above it.
    ///
    /// When that is due its envelope tells, by the record that led to it, and its form's revision where at least that
    /// can be read. Where it can't, and another form's record or none led to it, nothing tells that the form had been
    /// amended: what stands is then said before the amendment is back, and once more with it.
    static func takeBack(_ event: ReceivedEvent, in transaction: Transaction) throws {
        guard let child = event.child, let screening = ScreeningID(event.envelope.subject) else { return }
        switch event.envelope.eventType {
        case .outcomeScored, .outcomeRetracted: break
        default: return
        }
        var said = SaidBefore(
            screening: screening, child: child, revision: event.envelope.revision, digest: [], isCompared: false,
            event: event.envelope.id, time: event.envelope.time, causation: event.envelope.causationID,
            formRevision: 1)
        do {
            try read(event, into: &said)
        } catch is EventFault {
            said.formRevision = formRevision(in: event.value)
        }
        try keep(said, in: transaction)
    }

    /// 1, the least, where the value doesn't tell it.
    private static func formRevision(in value: [UInt8]) -> Int {
        do {
            return max(try EventCodec.part(FormRevision.self, from: value).formRevision ?? 1, 1)
        } catch {
            return 1
        }
    }

    private static func read(_ event: ReceivedEvent, into said: inout SaidBefore) throws {
        guard event.envelope.eventType == .outcomeScored else {
            let retraction = try event.decoded(as: OutcomeRetracted.self).body
            (said.digest, said.formRevision) = (nil, retraction.formRevision ?? 1)
            return
        }
        let outcome = try event.decoded(as: OutcomeScored.self).body
        let content = OutcomeContent(
            instrument: outcome.instrument, factors: outcome.factors, signals: outcome.signals, acute: outcome.acute)
        said.digest = OutcomeContent.digest(ofCanonical: try content.canonical())
        said.isCompared = outcome.factors.contains { $0.change != .first }
        said.formRevision = outcome.formRevision ?? 1
    }

    private static func keep(_ said: SaidBefore, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO said_before
                (screening, child, revision, digest, compared, event, recorded_at, causation, form_revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET child = excluded.child, revision = excluded.revision, digest = excluded.digest,
                compared = excluded.compared, event = excluded.event, recorded_at = excluded.recorded_at,
                causation = excluded.causation, form_revision = max(form_revision, excluded.form_revision)
                WHERE excluded.revision > revision
            """,
            .uuid(said.screening.uuid), .uuid(said.child.uuid), .int(said.revision), .maybe(said.digest),
            .bool(said.isCompared), .uuid(said.event), .time(said.time), .maybe(said.causation),
            .int(said.formRevision))
    }

    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> SaidBefore? {
        try store.first(
            """
            SELECT screening, child, revision, digest, compared, event, recorded_at, causation, form_revision
            FROM said_before WHERE screening = ?
            """, .uuid(screening.uuid), read: read)
    }

    /// The next screenings in the order of their keys; from the first one after none.
    static func next(after screening: ScreeningID?, countMax: Int, in store: ReadScope) throws -> [SaidBefore] {
        try store.all(
            """
            SELECT screening, child, revision, digest, compared, event, recorded_at, causation, form_revision
            FROM said_before WHERE screening > ? ORDER BY screening LIMIT ?
            """, screening.map { .uuid($0.uuid) } ?? .blob([]), .int(countMax), read: read)
    }

    private static func read(_ row: Row) throws -> SaidBefore {
        SaidBefore(
            screening: ScreeningID(try row.uuid(0)), child: ChildID(try row.uuid(1)), revision: row.int(2),
            digest: row.blobIfAny(3), isCompared: row.bool(4), event: try row.uuid(5), time: row.time(6),
            causation: try row.uuidIfAny(7), formRevision: row.int(8))
    }

    static func remove(_ screening: ScreeningID, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM said_before WHERE screening = ?", .uuid(screening.uuid))
    }

    /// Whether another form of the child hasn't come back as it was when something was said of it.
    static func hasSiblingUnderWay(_ said: SaidBefore, in store: ReadScope) throws -> Bool {
        try store.exists(
            """
            SELECT 1 FROM said_before AS sibling
            WHERE child = ?1 AND screening <> ?2 AND form_revision > coalesce(
                (SELECT form_revision FROM scored WHERE screening = sibling.screening),
                (SELECT form_revision FROM retracted WHERE screening = sibling.screening), 0)
            """, .uuid(said.child.uuid), .uuid(said.screening.uuid))
    }

    /// Whether a form that another is compared with may have left its respondent's course for good.
    static func hasLostPredecessor(_ form: ScoredForm, in store: ReadScope) throws -> Bool {
        try store.exists(
            """
            SELECT 1 FROM retracted WHERE child = ?1
            UNION ALL SELECT 1 FROM scored WHERE respondent = ?2 AND screening <> ?3 AND form_revision > 1
            """, .uuid(form.child.uuid), .uuid(form.form.body.respondent.uuid), .uuid(form.form.body.screening.uuid))
    }
}
