internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// What was released to recipients, in its order: SQL only.
enum InboxTable {
    /// A notice that was released.
    struct Released: Sendable {
        let seq: Int64
        let delivery: DeliveryID
        let referral: ReferralID
        let notice: Notice
        /// What was sent; nil when only the notifier's own event remembers it.
        let body: [UInt8]?
    }

    static func isReleased(_ delivery: DeliveryID, in store: ReadScope) throws -> Bool {
        try store.exists("SELECT 1 FROM released WHERE delivery = ?", .uuid(delivery.uuid))
    }

    /// A recipient's notices after a cursor, the oldest first.
    static func released(
        to recipient: String, after seq: Int64, countMax: Int, in store: ReadScope
    ) throws -> [Released] {
        try store.all(
            """
            SELECT released.seq, delivery.delivery, delivery.referral, delivery.notice, delivery.body
            FROM released JOIN delivery ON delivery.delivery = released.delivery
            WHERE released.recipient = ? AND released.seq > ?
            ORDER BY released.seq LIMIT ?
            """, .text(recipient), .integer(seq), .int(countMax)
        ) { row in
            Released(
                seq: row.integer(0), delivery: DeliveryID(try row.uuid(1)), referral: ReferralID(try row.uuid(2)),
                notice: row.text(3) == Notice.recalled.rawValue ? .recalled : .requested, body: row.blobIfAny(4))
        }
    }

    /// Puts a notice at the end of the feed, under a number of its own as every one.
    static func postpone(_ released: Released, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT OR REPLACE INTO released (delivery, child, recipient)
            SELECT delivery, child, recipient FROM released WHERE seq = ?
            """, .integer(released.seq))
    }

    /// Remembers that a recipient has seen a notice, whether or not its webhook got through.
    static func setSeen(_ delivery: DeliveryID, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE delivery SET may_have_arrived = 1 WHERE delivery = ?", .uuid(delivery.uuid))
    }
}
