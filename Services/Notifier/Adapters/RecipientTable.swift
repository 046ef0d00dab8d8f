internal import Cryptography
internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// The tables of recipients, their endpoints and the units' telephones: SQL only.
enum RecipientTable {
    /// A recipient as it is now.
    struct Found: Sendable, Equatable {
        let municipality: String
        let kind: RecipientKind
        /// Best first.
        let channels: [ChannelKind]
    }

    static func find(_ recipient: String, in store: ReadScope) throws -> Found? {
        try store.first(
            "SELECT municipality, kind, channels FROM recipient WHERE recipient = ?", .text(recipient)
        ) { row in
            guard let kind = RecipientKind(rawValue: row.text(1)) else {
                throw StoreFailure(.fatal, reason: "a recipient's kind is unknown", hint: "run the newer release")
            }
            let channels = row.text(2).split(separator: " ").map { ChannelKind(rawValue: String($0)) }
            return Found(municipality: row.text(0), kind: kind, channels: channels)
        }
    }

    static func all(in store: ReadScope) throws -> [(recipient: String, municipality: String, kind: RecipientKind)] {
        try store.all("SELECT recipient, municipality, kind FROM recipient ORDER BY recipient") { row in
            RecipientKind(rawValue: row.text(2)).map { (row.text(0), row.text(1), $0) }
        }.compactMap { $0 }
    }

    static func write(_ recipient: RecipientChanged, in transaction: Transaction) throws {
        let channels = recipient.channels.map(\.kind.rawValue).joined(separator: " ")
        try transaction.execute(
            """
            INSERT INTO recipient (recipient, municipality, kind, channels) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET municipality = excluded.municipality, kind = excluded.kind,
                channels = excluded.channels
            """,
            .text(recipient.recipient), .text(recipient.municipality), .text(recipient.kind.rawValue), .text(channels))
        // The coordinator has looked at the recipient again: its endpoint gets another chance.
        try transaction.execute("DELETE FROM gone_endpoint WHERE recipient = ?", .text(recipient.recipient))
    }

    static func isGone(_ recipient: String, url: String, in store: ReadScope) throws -> Bool {
        try store.exists(
            "SELECT 1 FROM gone_endpoint WHERE recipient = ? AND address_sha256 = ?", .text(recipient),
            .blob(SHA256.hash(Array(url.utf8))))
    }

    static func setGone(_ recipient: String, url: String, since: Timestamp, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO gone_endpoint (recipient, address_sha256, since) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET address_sha256 = excluded.address_sha256, since = excluded.since
            """, .text(recipient), .blob(SHA256.hash(Array(url.utf8))), .time(since))
    }

    static func phone(ofUnit unit: String, in store: ReadScope) throws -> String? {
        try store.first("SELECT phone FROM unit WHERE unit = ?", .text(unit)) { $0.text(0) }
    }

    static func write(_ unit: UnitChanged, in transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO unit (unit, phone) VALUES (?, ?) ON CONFLICT DO UPDATE SET phone = excluded.phone",
            .text(unit.unit), .text(unit.phone))
    }
}
