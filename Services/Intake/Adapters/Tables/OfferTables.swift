internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Conversations and support offers: SQL only.
enum OfferTables {
    /// The conversation with a respondent at an instant, and the digest of the document that recorded it.
    static func conversation(
        _ child: ChildID, _ respondent: RespondentID, heldAt: Timestamp, in store: ReadScope
    ) throws -> (id: ConversationID, digest: [UInt8]?)? {
        try store.first(
            "SELECT conversation, digest FROM conversation WHERE child = ? AND respondent = ? AND held_at = ?",
            .uuid(child.uuid), .uuid(respondent.uuid), .time(heldAt)
        ) { (ConversationID(try $0.uuid(0)), $0.blobIfAny(1)) }
    }

    static func write(
        _ conversation: ConversationID, of child: ChildID, _ respondent: RespondentID, heldAt: Timestamp,
        digest: [UInt8]?, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO conversation (conversation, child, respondent, held_at, digest) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """, .uuid(conversation.uuid), .uuid(child.uuid), .uuid(respondent.uuid), .time(heldAt), .maybe(digest))
    }

    static func find(_ offer: OfferID, in store: ReadScope) throws -> Offer? {
        try store.first(
            "SELECT offer, child, conversation, respondent, place, kind, recipient FROM offer WHERE offer = ?",
            .uuid(offer.uuid), read: read)
    }

    /// In the order of the conversation's document.
    static func offers(of conversation: ConversationID, in store: ReadScope) throws -> [Offer] {
        try store.all(
            """
            SELECT offer, child, conversation, respondent, place, kind, recipient
            FROM offer WHERE conversation = ? ORDER BY place
            """, .uuid(conversation.uuid), read: read)
    }

    /// How many offers a conversation has so far.
    static func count(of conversation: ConversationID, in store: ReadScope) throws -> Int {
        try store.count("SELECT count(*) FROM offer WHERE conversation = ?", .uuid(conversation.uuid))
    }

    static func write(_ offer: Offer, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO offer (offer, child, conversation, respondent, place, kind, recipient)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            .uuid(offer.id.uuid), .uuid(offer.child.uuid), .uuid(offer.conversation.uuid),
            .uuid(offer.respondent.uuid), .int(offer.place), .text(offer.kind.rawValue), .maybe(offer.recipient))
    }

    private static func read(_ row: Row) throws -> Offer {
        guard let kind = OfferKind(rawValue: row.text(5)) else {
            throw StoreFailure(.fatal, reason: "an offer is of no known kind", hint: "run the release that wrote it")
        }
        return Offer(
            id: OfferID(try row.uuid(0)), child: ChildID(try row.uuid(1)),
            conversation: ConversationID(try row.uuid(2)), respondent: RespondentID(try row.uuid(3)),
            place: row.int(4), kind: kind, recipient: row.textIfAny(6))
    }
}

/// Decisions about offers, all of them: SQL only.
enum DecisionTable {
    /// The decision that stands.
    static func last(of offer: OfferID, in store: ReadScope) throws -> StandingDecision? {
        try store.first(
            """
            SELECT revision, decision, decided_at, reason, ask_again_at, via, event
            FROM decision WHERE offer = ? ORDER BY revision DESC LIMIT 1
            """, .uuid(offer.uuid), read: read)
    }

    /// The decision that was taken at an instant.
    static func taken(
        at instant: Timestamp, about offer: OfferID, in store: ReadScope
    ) throws -> StandingDecision? {
        try store.first(
            """
            SELECT revision, decision, decided_at, reason, ask_again_at, via, event
            FROM decision WHERE offer = ? AND decided_at = ? ORDER BY revision DESC LIMIT 1
            """, .uuid(offer.uuid), .time(instant), read: read)
    }

    static func write(
        _ decision: StandingDecision, about offer: OfferID, of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO decision (offer, revision, child, decision, decided_at, reason, ask_again_at, via, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            .uuid(offer.uuid), .int(decision.revision), .uuid(child.uuid), .text(decision.record.decision.rawValue),
            .time(decision.record.decidedAt), .maybe(decision.record.reason), .maybe(decision.record.askAgainAt),
            .text(decision.record.via.rawValue), .blob(decision.event?.bytes ?? []))
    }

    private static func read(_ row: Row) throws -> StandingDecision {
        guard let decision = OfferDecision(rawValue: row.text(1)) else {
            throw StoreFailure(.fatal, reason: "a decision is of no known kind", hint: "run the release that wrote it")
        }
        return StandingDecision(
            revision: row.int(0),
            record: DecisionRecord(
                decision: decision, decidedAt: row.time(2), reason: row.textIfAny(3), askAgainAt: row.textIfAny(4),
                via: DecisionChannel(rawValue: row.text(5))),
            event: UUID(bytes: row.blob(6)).map { EventID($0) })
    }
}
