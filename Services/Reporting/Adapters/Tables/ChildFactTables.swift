internal import Events
internal import Store

/// The tables of facts about children: one upsert a fact, into columns that no other kind of fact writes.
enum ChildFactTables {
    static func write(_ fact: Fact, of child: ChildID, in transaction: Transaction) throws {
        switch fact {
        case .child(let place):
            try transaction.execute(
                """
                INSERT INTO child (child, unit, residence) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET unit = excluded.unit, residence = excluded.residence
                """, .uuid(child.uuid), .maybe(place.unit), .maybe(place.residence))
        case .visit, .offered, .notOffered, .declined, .answered, .scored, .retracted:
            try ScreeningTables.write(fact, of: child, in: transaction)
        case .conversation, .offer, .decision, .held, .consent, .withdrawal:
            try AgreementTables.write(fact, of: child, in: transaction)
        case .referral, .referralState, .answer, .delivered, .exhausted:
            try ContactTables.write(fact, of: child, in: transaction)
        case .unit, .contactList, .recipient, .reference: break
        }
    }

    /// Remembers that the child's family has protected identity. There is no way back: what was withheld once stays so.
    static func protect(_ child: ChildID, in transaction: Transaction) throws {
        try transaction.execute("INSERT INTO protected (child) VALUES (?) ON CONFLICT DO NOTHING", .uuid(child.uuid))
    }
}
