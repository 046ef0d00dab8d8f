internal import Events
internal import Store

/// Conversations, offers, consents.
enum AgreementTables {
    static func write(_ fact: Fact, of child: ChildID, in transaction: Transaction) throws {
        let child = SQLValue.uuid(child.uuid)
        switch fact {
        case .conversation(let conversation, let place):
            try transaction.execute(
                """
                INSERT INTO conversation (conversation, child, unit, residence) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET unit = excluded.unit, residence = excluded.residence
                """, .uuid(conversation.uuid), child, .maybe(place.unit), .maybe(place.residence))
        case .offer(let offer, let place, let kind):
            try transaction.execute(
                """
                INSERT INTO offer (offer, child, unit, residence, kind) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET unit = excluded.unit, residence = excluded.residence, kind = excluded.kind
                """, .uuid(offer.uuid), child, .maybe(place.unit), .maybe(place.residence), .text(kind.rawValue))
        case .decision(let offer, let decision):
            try transaction.execute(
                """
                INSERT INTO offer (offer, child, decision) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET decision = excluded.decision
                """, .uuid(offer.uuid), child, .text(decision.rawValue))
        case .held(let offer, let reason):
            try transaction.execute(
                """
                INSERT INTO offer (offer, child, held) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET held = excluded.held
                """, .uuid(offer.uuid), child, .text(reason))
        case .consent(let consent, let offer, let isComplete):
            try transaction.execute(
                """
                INSERT INTO consent (consent, child, offer, complete) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET offer = excluded.offer, complete = excluded.complete
                """, .uuid(consent.uuid), child, .uuid(offer.uuid), .bool(isComplete))
        case .withdrawal(let consent, let scope):
            try transaction.execute(
                """
                INSERT INTO consent (consent, child, withdrawn) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET withdrawn = excluded.withdrawn
                """, .uuid(consent.uuid), child, .text(scope.rawValue))
        default: break
        }
    }
}
