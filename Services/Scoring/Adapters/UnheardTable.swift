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

    /// The next screenings below a floor, and where to go on. What was said above it is left out: a pass that is begun
    /// again goes on where it was.
    static func next(
        from place: Place, below floor: Int, countMax: Int, in store: ReadScope
    ) throws -> (screenings: [ScreeningID], next: Place) {
        var next = place
        guard place.isScoredOver else {
            let rows = try store.all(
                """
                SELECT seq, screening FROM scored WHERE seq > ?1 AND outcome_revision <= ?2
                    AND NOT EXISTS (SELECT 1 FROM said_before WHERE said_before.screening = scored.screening)
                ORDER BY seq LIMIT ?3
                """, .integer(place.scored), .int(floor), .int(countMax)
            ) { ($0.integer(0), ScreeningID(try $0.uuid(1))) }
            next.scored = rows.last?.0 ?? place.scored
            next.isScoredOver = rows.count < countMax
            return (rows.map(\.1), next)
        }
        let screenings = try store.all(
            """
            SELECT screening FROM retracted WHERE screening > ?1 AND outcome_revision <= ?2
                AND NOT EXISTS (SELECT 1 FROM said_before WHERE said_before.screening = retracted.screening)
            ORDER BY screening LIMIT ?3
            """, place.retracted.map { .uuid($0.uuid) } ?? .blob([]), .int(floor), .int(countMax)
        ) { ScreeningID(try $0.uuid(0)) }
        next.retracted = screenings.last ?? place.retracted
        next.isOver = screenings.count < countMax
        return (screenings, next)
    }
}
