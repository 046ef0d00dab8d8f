internal import Events
internal import Store

/// Units, contact lists and recipients: counted as they are, since they are no families.
enum ReferenceTables {
    static func write(_ fact: Fact, in transaction: Transaction) throws {
        switch fact {
        case .unit(let unit): try write(unit, in: transaction)
        case .contactList(let municipality, let entries):
            try transaction.execute(
                """
                INSERT INTO contact_list (municipality, entries) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET entries = excluded.entries
                """, .text(municipality), .int(entries))
        case .recipient(let recipient, let municipality, let kind, let staff):
            try transaction.execute(
                """
                INSERT INTO recipient (recipient, municipality, kind, staff) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET municipality = excluded.municipality, kind = excluded.kind,
                    staff = excluded.staff
                """, .text(recipient), .text(municipality), .text(kind), .int(staff))
        default: break
        }
    }

    private static func write(_ unit: ReportedUnit, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO unit (unit, name, municipality, phase, go_live, live_from, live_until)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET name = excluded.name, municipality = excluded.municipality,
                phase = excluded.phase, go_live = excluded.go_live, live_from = excluded.live_from,
                live_until = excluded.live_until
            """,
            .text(unit.unit), .text(unit.name), .text(unit.municipality), .text(unit.phase.rawValue),
            .maybe(unit.goLive), .maybe(unit.liveFrom), .maybe(unit.liveUntil))
    }

    /// All units, by municipality and name.
    static func units(in store: ReadScope) throws -> [ListedUnit] {
        try store.all(
            "SELECT unit, name, municipality, phase, go_live, live_from FROM unit ORDER BY municipality, name, unit"
        ) { row in
            ListedUnit(
                unit: row.text(0), name: row.text(1), municipality: row.text(2), phase: row.text(3),
                goLive: row.textIfAny(4), isLive: !row.isNull(5))
        }
    }

    /// How many functions of each kind each municipality has, and how many people work in them.
    static func recipients(in store: ReadScope) throws -> [RecipientCount] {
        try store.all(
            "SELECT municipality, kind, count(*), sum(staff) FROM recipient GROUP BY municipality, kind ORDER BY 1, 2"
        ) { row in
            RecipientCount(
                municipality: row.text(0), kind: row.text(1), functions: row.int(2), staff: row.int(3))
        }
    }

    /// How many entries each municipality's contact list has.
    static func contactLists(in store: ReadScope) throws -> [String: Int] {
        let rows = try store.all("SELECT municipality, entries FROM contact_list") { ($0.text(0), $0.int(1)) }
        return Dictionary(rows) { first, _ in first }
    }
}
