internal import Events
internal import Foundation
internal import Store

/// Children and those who may answer: SQL only.
enum ChildTable {
    static func find(_ child: ChildID, in store: ReadScope) throws -> Child? {
        try store.first(
            """
            SELECT unit, residence, birth_month, birth_day, since, restricted, synthetic, participating
            FROM child WHERE child = ?
            """, .uuid(child.uuid)
        ) { row in
            guard let month = CalendarMonth(row.text(2)), let since = CalendarDay(row.text(4)) else {
                throw StoreFailure(
                    .fatal, reason: "a child's month of birth is no month", hint: "restore the last backup")
            }
            return Child(
                id: child, unit: row.textIfAny(0), residence: row.textIfAny(1), birthMonth: month,
                birthDay: row.intIfAny(3), since: since, isRestricted: row.bool(5), isSynthetic: row.bool(6),
                isParticipating: row.bool(7))
        }
    }

    /// In the order in which they were listed.
    static func respondents(of child: ChildID, in store: ReadScope) throws -> [Respondent] {
        try store.all(
            "SELECT respondent, relation, guardian FROM respondent WHERE child = ? ORDER BY place", .uuid(child.uuid)
        ) { row in
            Respondent(
                id: RespondentID(try row.uuid(0)), relation: Relation(rawValue: row.text(1)),
                guardian: Guardianship(rawValue: row.text(2)) ?? .unknown)
        }
    }

    static func write(_ child: Child, digest: [UInt8]?, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO child
                (child, unit, residence, birth_month, birth_day, since, restricted, synthetic, participating, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET unit = coalesce(excluded.unit, unit),
                residence = coalesce(excluded.residence, residence),
                birth_month = excluded.birth_month, since = excluded.since, restricted = excluded.restricted,
                synthetic = excluded.synthetic
            """,
            .uuid(child.id.uuid), .maybe(child.unit), .maybe(child.residence), .text(child.birthMonth.text),
            .maybe(child.birthDay), .text(child.since.text), .bool(child.isRestricted), .bool(child.isSynthetic),
            .bool(child.isParticipating), .maybe(digest))
    }

    static func write(
        _ respondent: Respondent, of child: ChildID, place: Int, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO respondent (respondent, child, place, relation, guardian) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET relation = excluded.relation, guardian = excluded.guardian
            """,
            .uuid(respondent.id.uuid), .uuid(child.uuid), .int(place), .text(respondent.relation.rawValue),
            .text(respondent.guardian.rawValue))
    }

    /// Notes that a form has been answered for the child.
    static func participate(_ child: ChildID, in transaction: Transaction) throws {
        try transaction.execute("UPDATE child SET participating = 1 WHERE child = ?", .uuid(child.uuid))
    }
}

/// Who a surrogate is.
struct PersonIdentity: Sendable, Equatable {
    /// The namespace of the identifier.
    let system: String
    let value: String
    let name: String
}

/// The one table that links surrogates to people: SQL only.
enum IdentityTable {
    /// The child with an identifier, and the digest of the document that listed it.
    static func child(
        system: String, value: String, in store: ReadScope
    ) throws -> (child: ChildID, digest: [UInt8]?)? {
        try store.first(
            """
            SELECT child.child, child.digest FROM identity_of JOIN child ON child.child = identity_of.surrogate
            WHERE identity_of.system = ? AND identity_of.value = ? AND identity_of.surrogate = identity_of.child
            """, .text(system), .text(value)
        ) { (ChildID(try $0.uuid(0)), $0.blobIfAny(1)) }
    }

    static func write(
        _ identity: PersonIdentity, of surrogate: UUID, about child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "INSERT INTO identity_of (surrogate, child, system, value, name) VALUES (?, ?, ?, ?, ?)",
            .uuid(surrogate), .uuid(child.uuid), .text(identity.system), .text(identity.value), .text(identity.name))
    }
}
