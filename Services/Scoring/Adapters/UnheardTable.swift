internal import Delivery
internal import Events
internal import Store

/// What a rebuilt store has come to of which its topic doesn't tell any more what others hold: SQL only.
enum UnheardTable {
    /// How far a pass has come: by rows of scored forms, then by keys of retracted ones.
    struct Place: Sendable, Equatable {
        var scored: Int64 = 0
        var isScoredOver = false
        var retracted: ScreeningID?
        var isOver = false
    }

    /// Rows looked at in one slice.
    static let rowsMax = 2000

    /// The next screenings that lie not above a floor, and where to go on. What was said above it is left out: a pass
    /// that is begun again goes on where it was. Costs at most `rowsMax` rows.
    static func next(
        from place: Place, below floor: Int, countMax: Int, in store: ReadScope
    ) throws -> (screenings: [ScreeningID], next: Place) {
        var (next, screenings, rows) = (place, [ScreeningID](), 0)
        func look(_ screening: ScreeningID, isUnheard: Bool) -> Bool {
            if isUnheard { screenings.append(screening) }
            rows += 1
            return screenings.count < countMax && rows < rowsMax
        }
        func isOver() -> Bool { screenings.count < countMax && rows < rowsMax }
        guard place.isScoredOver else {
            try store.forEach(
                """
                SELECT seq, screening, outcome_revision <= ?2
                    AND NOT EXISTS (SELECT 1 FROM said_before WHERE said_before.screening = scored.screening)
                FROM scored WHERE seq > ?1 ORDER BY seq
                """, .integer(place.scored), .int(floor)
            ) { row in
                next.scored = row.integer(0)
                return look(ScreeningID(try row.uuid(1)), isUnheard: row.bool(2))
            }
            next.isScoredOver = isOver()
            return (screenings, next)
        }
        try store.forEach(
            """
            SELECT screening, outcome_revision <= ?2
                AND NOT EXISTS (SELECT 1 FROM said_before WHERE said_before.screening = retracted.screening)
            FROM retracted WHERE screening > ?1 ORDER BY screening
            """, place.retracted.map { .uuid($0.uuid) } ?? .blob([]), .int(floor)
        ) { row in
            let screening = ScreeningID(try row.uuid(0))
            next.retracted = screening
            return look(screening, isUnheard: row.bool(1))
        }
        next.isOver = isOver()
        return (screenings, next)
    }
}
