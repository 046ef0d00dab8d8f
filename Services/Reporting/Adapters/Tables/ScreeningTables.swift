internal import Events
internal import Runtime
internal import Store

/// Visits and screenings.
enum ScreeningTables {
    static func write(_ fact: Fact, of child: ChildID, in transaction: Transaction) throws {
        switch fact {
        case .visit(let visit, let place, let heldAt, let slot, let present, let isCorrection):
            try write(visit, of: child, at: place, heldAt: heldAt, slot: slot, in: transaction)
            if isCorrection { try clearPresence(at: visit, in: transaction) }
            for respondent in present { try notePresence(of: respondent, at: visit, of: child, in: transaction) }
        case .offered(let key, let screening):
            try transaction.execute(
                """
                INSERT INTO screening (visit, respondent, child, screening, offered) VALUES (?, ?, ?, ?, 1)
                ON CONFLICT DO UPDATE SET screening = excluded.screening, offered = 1
                """, .uuid(key.visit.uuid), .uuid(key.respondent.uuid), .uuid(child.uuid), .uuid(screening.uuid))
        case .notOffered(let key, let reason):
            try transaction.execute(
                """
                INSERT INTO screening (visit, respondent, child, not_offered) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET not_offered = excluded.not_offered
                """, .uuid(key.visit.uuid), .uuid(key.respondent.uuid), .uuid(child.uuid), .text(reason))
        case .declined(let screening):
            try transaction.execute(
                "INSERT INTO declined (screening, child) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .uuid(screening.uuid), .uuid(child.uuid))
        case .answered(let key, let screening, let completeness):
            try transaction.execute(
                """
                INSERT INTO screening (visit, respondent, child, screening, completeness) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET screening = excluded.screening, completeness = excluded.completeness
                """,
                .uuid(key.visit.uuid), .uuid(key.respondent.uuid), .uuid(child.uuid), .uuid(screening.uuid),
                .int(completeness == .complete ? 2 : 1))
        case .scored, .retracted: try writeOutcome(fact, of: child, in: transaction)
        default: break
        }
    }

    private static func writeOutcome(_ fact: Fact, of child: ChildID, in transaction: Transaction) throws {
        switch fact {
        case .scored(let key, let screening, let results, let revision):
            try transaction.execute(
                """
                INSERT INTO screening (visit, respondent, child, screening, has_outcome, factors, outcome_revision)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET screening = excluded.screening, has_outcome = excluded.has_outcome,
                    factors = excluded.factors, outcome_revision = excluded.outcome_revision
                """,
                .uuid(key.visit.uuid), .uuid(key.respondent.uuid), .uuid(child.uuid), .uuid(screening.uuid),
                .bool(results.hasOutcome), .text(results.text), .int(revision))
        case .retracted(let screening, let revision):
            try transaction.execute(
                """
                INSERT INTO retracted (screening, child, revision) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET revision = excluded.revision
                """, .uuid(screening.uuid), .uuid(child.uuid), .int(revision))
        default: break
        }
    }

    private static func write(
        _ visit: VisitID, of child: ChildID, at place: Locality, heldAt: Timestamp, slot: String,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO visit (visit, child, unit, residence, held_at, slot) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET unit = excluded.unit, residence = excluded.residence,
                held_at = excluded.held_at, slot = excluded.slot
            """,
            .uuid(visit.uuid), .uuid(child.uuid), .maybe(place.unit), .maybe(place.residence), .time(heldAt),
            .text(slot))
    }

    /// A correction may leave out a parent whom the first record had there.
    private static func clearPresence(at visit: VisitID, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE screening SET present = 0 WHERE visit = ? AND present = 1", .uuid(visit.uuid))
    }

    private static func notePresence(
        of respondent: RespondentID, at visit: VisitID, of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO screening (visit, respondent, child, present) VALUES (?, ?, ?, 1)
            ON CONFLICT DO UPDATE SET present = 1
            """, .uuid(visit.uuid), .uuid(respondent.uuid), .uuid(child.uuid))
    }
}
