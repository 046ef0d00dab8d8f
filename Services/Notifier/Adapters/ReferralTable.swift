internal import Events
internal import Runtime
internal import Store

/// The tables of referrals and of how they stand: SQL only.
enum ReferralTable {
    /// A referral as it was requested.
    struct Requested: Sendable {
        let child: ChildID
        let event: Event<ReferralRequested>
        let requestedAt: Timestamp
        let traceparent: String?
    }

    static func find(_ referral: ReferralID, in store: ReadScope) throws -> Requested? {
        try store.first(
            "SELECT child, event, requested_at, traceparent FROM referral WHERE referral = ?", .uuid(referral.uuid)
        ) { row in
            Requested(
                child: ChildID(try row.uuid(0)), event: try EventCodec.decode(from: row.blob(1)),
                requestedAt: row.time(2), traceparent: row.textIfAny(3))
        }
    }

    static func request(of referral: ReferralID, in store: ReadScope) throws -> Dossier.Request? {
        try store.first(
            "SELECT consent, recipient, requested_at FROM referral WHERE referral = ?", .uuid(referral.uuid)
        ) { row in
            Dossier.Request(
                referral: referral, consent: ConsentID(try row.uuid(0)), recipient: row.text(1),
                requestedAt: row.time(2))
        }
    }

    static func referrals(under consent: ConsentID, in store: ReadScope) throws -> [ReferralID] {
        try store.all("SELECT referral FROM referral WHERE consent = ? ORDER BY referral", .uuid(consent.uuid)) {
            ReferralID(try $0.uuid(0))
        }
    }

    static func standing(of referral: ReferralID, in store: ReadScope) throws -> ReferralStanding {
        try store.first("SELECT standing, since FROM standing WHERE referral = ?", .uuid(referral.uuid)) { row in
            switch row.text(0) {
            case "closed": .closed
            case "recalled": .recalled(at: row.time(1))
            default: .open
            }
        } ?? .open
    }

    static func write(
        _ request: Dossier.Request, child: ChildID, event: [UInt8], traceparent: String?, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO referral (referral, child, consent, recipient, requested_at, traceparent, event)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET consent = excluded.consent, recipient = excluded.recipient,
                requested_at = excluded.requested_at, traceparent = excluded.traceparent, event = excluded.event
            """,
            .uuid(request.referral.uuid), .uuid(child.uuid), .uuid(request.consent.uuid), .text(request.recipient),
            .time(request.requestedAt), .maybe(traceparent), .blob(event))
        try transaction.execute(
            "UPDATE delivery SET recipient = ? WHERE referral = ?", .text(request.recipient),
            .uuid(request.referral.uuid))
        // After a restore the inbox learns here whose it was.
        try transaction.execute(
            """
            UPDATE released SET recipient = ?
            WHERE recipient = '' AND delivery IN (SELECT delivery FROM delivery WHERE referral = ?)
            """, .text(request.recipient), .uuid(request.referral.uuid))
    }

    static func write(
        _ standing: ReferralStanding, of referral: ReferralID, child: ChildID, at time: Timestamp,
        in transaction: Transaction
    ) throws {
        let name =
            switch standing {
            case .open: "open"
            case .closed: "closed"
            case .recalled: "recalled"
            }
        try transaction.execute(
            """
            INSERT INTO standing (referral, child, standing, since) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET standing = excluded.standing, since = excluded.since
            """, .uuid(referral.uuid), .uuid(child.uuid), .text(name), .time(time))
    }
}
