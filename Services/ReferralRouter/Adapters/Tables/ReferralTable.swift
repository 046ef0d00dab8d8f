internal import Events
internal import Store

/// The table of referrals that were said: SQL only.
enum ReferralTable {
    static func offer(of referral: ReferralID, in store: ReadScope) throws -> OfferID? {
        try store.first("SELECT offer FROM referral WHERE referral = ?", .uuid(referral.uuid)) {
            OfferID(try $0.uuid(0))
        }
    }

    static func find(_ referral: ReferralID, in store: ReadScope) throws -> SaidReferral? {
        try store.first(
            "SELECT referral, offer, child, consent, key, path, changes, rereading FROM referral WHERE referral = ?",
            .uuid(referral.uuid), read: read)
    }

    static func all(of offer: OfferID, in store: ReadScope) throws -> [SaidReferral] {
        try store.all(
            """
            SELECT referral, offer, child, consent, key, path, changes, rereading FROM referral
            WHERE offer = ? ORDER BY referral
            """, .uuid(offer.uuid), read: read)
    }

    static func write(_ referral: SaidReferral, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO referral (referral, offer, child, consent, key, path, state, closing, changes, rereading)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET key = excluded.key, path = excluded.path, state = excluded.state,
                closing = excluded.closing, changes = excluded.changes, rereading = excluded.rereading
            """,
            .uuid(referral.referral.uuid), .uuid(referral.offer.uuid), .uuid(referral.child.uuid),
            .uuid(referral.consent.uuid), .maybe(try referral.key.map { try KeptHistory.text($0) }),
            .text(try KeptHistory.text(referral.path)), .text(referral.state.rawValue),
            .maybe(referral.path.last?.closing?.rawValue), .int(referral.changes),
            .bool(referral.isRereading))
    }

    private static func read(_ row: Row) throws -> SaidReferral {
        SaidReferral(
            referral: ReferralID(try row.uuid(0)), offer: OfferID(try row.uuid(1)), child: ChildID(try row.uuid(2)),
            consent: ConsentID(try row.uuid(3)), key: try row.textIfAny(4).map { try KeptHistory.read($0) },
            path: try KeptHistory.read(row.text(5)), changes: row.int(6), isRereading: row.bool(7))
    }
}
