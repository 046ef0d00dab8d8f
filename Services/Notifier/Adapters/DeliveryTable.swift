internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// The table of deliveries: SQL only.
enum DeliveryTable {
    /// A referral's file; nil when it has not been requested.
    static func dossier(of referral: ReferralID, in store: ReadScope) throws -> Dossier? {
        guard let request = try ReferralTable.request(of: referral, in: store) else { return nil }
        return Dossier(
            request: request, standing: try ReferralTable.standing(of: referral, in: store),
            consent: try ConsentTable.find(request.consent, in: store),
            requested: try find(.requested, of: referral, in: store),
            recalled: try find(.recalled, of: referral, in: store))
    }

    static func find(_ notice: Notice, of referral: ReferralID, in store: ReadScope) throws -> PlannedDelivery? {
        try store.first(
            """
            SELECT delivery, state, started_at IS NOT NULL, may_have_arrived FROM delivery
            WHERE referral = ? AND notice = ?
            """, .uuid(referral.uuid), .text(notice.rawValue)
        ) { row in
            guard let state = PlannedDelivery.State(rawValue: row.text(1)) else {
                throw StoreFailure(.fatal, reason: "a delivery's state is unknown", hint: "run the newer release")
            }
            return PlannedDelivery(
                id: DeliveryID(try row.uuid(0)), notice: notice, state: state, isUnderWay: row.bool(2),
                mayHaveArrived: row.bool(3))
        }
    }

    /// Writes what follows from a dossier.
    static func apply(
        _ steps: [Dossier.Step], to request: Dossier.Request, child: ChildID, in transaction: Transaction
    ) throws {
        for step in steps {
            switch step {
            case .open(let notice, let state):
                try insert(notice, state: state, of: request, child: child, in: transaction)
            case .stop(let delivery):
                try transaction.execute(
                    "UPDATE delivery SET state = 'stopped', held_by = NULL WHERE delivery = ? AND state = 'waiting'",
                    .uuid(delivery.uuid))
            }
        }
    }

    private static func insert(
        _ notice: Notice, state: PlannedDelivery.State, of request: Dossier.Request, child: ChildID,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO delivery (delivery, child, referral, notice, recipient, state, due) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            .uuid(notice.delivery(of: request.referral).uuid), .uuid(child.uuid), .uuid(request.referral.uuid),
            .text(notice.rawValue), .text(request.recipient), .text(state.rawValue), .time(request.requestedAt))
    }

    static func hold(
        _ delivery: DeliveryID, because reason: AttemptCheck.HoldReason, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "UPDATE delivery SET held_by = ? WHERE delivery = ?", .text(reason.rawValue), .uuid(delivery.uuid))
    }

    /// Deliveries under the consent are looked at again.
    static func wake(consent: ConsentID, in transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE delivery SET held_by = NULL
            WHERE held_by IS NOT NULL AND referral IN (SELECT referral FROM referral WHERE consent = ?)
            """, .uuid(consent.uuid))
    }

    /// Deliveries to the recipient are looked at again.
    static func wake(recipient: String, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE delivery SET held_by = NULL WHERE held_by IS NOT NULL AND recipient = ?", .text(recipient))
    }

    /// Deliveries that wait for a unit's telephone are looked at again.
    static func wakeAwaitingUnit(in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE delivery SET held_by = NULL WHERE held_by = ?",
            .text(AttemptCheck.HoldReason.unitUnknown.rawValue))
    }
}
