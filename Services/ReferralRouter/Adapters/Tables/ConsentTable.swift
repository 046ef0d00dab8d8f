internal import Events
internal import Foundation
internal import Store

/// The table of consents: SQL only.
enum ConsentTable {
    static func find(_ consent: ConsentID, in store: ReadScope) throws -> ConsentFile? {
        try store.first(
            "SELECT consent, child, offer, given, withdrawals FROM consent WHERE consent = ?", .uuid(consent.uuid),
            read: read)
    }

    static func all(of offer: OfferID, in store: ReadScope) throws -> [ConsentFile] {
        try store.all(
            "SELECT consent, child, offer, given, withdrawals FROM consent WHERE offer = ? ORDER BY consent",
            .uuid(offer.uuid), read: read)
    }

    static func write(_ file: ConsentFile, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO consent (consent, child, offer, given, withdrawals) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET offer = excluded.offer, given = excluded.given,
                withdrawals = excluded.withdrawals
            """,
            .uuid(file.consent.uuid), .uuid(file.child.uuid), .maybe(file.offer?.uuid),
            .text(try KeptHistory.text(file.given)), .text(try KeptHistory.text(file.withdrawals)))
    }

    private static func read(_ row: Row) throws -> ConsentFile {
        ConsentFile(
            consent: ConsentID(try row.uuid(0)), child: ChildID(try row.uuid(1)),
            offer: try row.uuidIfAny(2).map { OfferID($0) }, given: try KeptHistory.read(row.text(3)),
            withdrawals: try KeptHistory.read(row.text(4)))
    }
}
