internal import Store

/// The lines of `parked list`: first each record that waits for a person, then how many go on by themselves. A late
/// instrument parks thousands of those, which must not push the others out of sight.
enum ParkedList {
    /// A list is read by a person and crosses a socket whole; beyond this it says how many more there are.
    static let linesMax = 1000

    static func lines(in scope: ReadScope, linesMax: Int = linesMax) throws -> [String] {
        try ofPersons(scope, linesMax: linesMax) + early(scope, linesMax: linesMax) + others(scope)
    }

    private static func ofPersons(_ scope: ReadScope, linesMax: Int) throws -> [String] {
        let lines = try scope.all(
            """
            SELECT seq, state, topic, partition, offset, reason, type, parked_at FROM parked
            WHERE state IN ('refused', 'died', 'unknown-type') ORDER BY seq LIMIT ?
            """, .int(linesMax)
        ) { row in
            "\(row.integer(0)) \(row.text(1)) \(row.text(2))/\(row.int(3))@\(row.integer(4)) "
                + "\(row.textIfAny(6) ?? "-") \(row.text(5)) since \(row.time(7))"
        }
        let count = try ParkedRecords.countForPeople(in: scope)
        return lines + more(count - lines.count, "refused, died or of an unknown type")
    }

    private static func early(_ scope: ReadScope, linesMax: Int) throws -> [String] {
        let lines = try scope.all(
            """
            SELECT awaiting, count(*), min(seq), min(parked_at) FROM parked
            WHERE state = 'early' GROUP BY awaiting ORDER BY min(seq) LIMIT ?
            """, .int(linesMax)
        ) { row in
            "\(row.int(1)) early awaiting \(row.textIfAny(0) ?? "-"), the first \(row.integer(2)) since \(row.time(3))"
        }
        let count = try scope.count("SELECT count(DISTINCT awaiting) FROM parked WHERE state = 'early'")
        return lines + more(count - lines.count, "awaited subjects")
    }

    private static func others(_ scope: ReadScope) throws -> [String] {
        try scope.all(
            """
            SELECT state, count(*), min(seq), min(parked_at) FROM parked
            WHERE state IN ('behind', 'ready') GROUP BY state
            """
        ) { row in
            let what = row.text(0) == ParkedState.behind.rawValue ? "behind an earlier one of their key" : "ready"
            return "\(row.int(1)) \(what), the first \(row.integer(2)) since \(row.time(3))"
        }
    }

    private static func more(_ count: Int, _ what: String) -> [String] { count > 0 ? ["\(count) more \(what)"] : [] }
}
