internal import Events
internal import Foundation
internal import Store

/// Histories as they are kept: JSON with sorted members, so that equal histories have equal bytes.
enum KeptHistory {
    static func text(_ history: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(history), as: UTF8.self)
    }

    static func read<History: Decodable>(_ text: String) throws -> History {
        try JSONDecoder().decode(History.self, from: Data(text.utf8))
    }
}

/// The table of offers: SQL only.
enum OfferTable {
    static func find(_ offer: OfferID, in store: ReadScope) throws -> OfferFile? {
        try store.first(
            "SELECT child, made, decided, standing FROM offer WHERE offer = ?", .uuid(offer.uuid)
        ) { row in
            OfferFile(
                offer: offer, child: ChildID(try row.uuid(0)), made: try KeptHistory.read(row.text(1)),
                decided: try KeptHistory.read(row.text(2)), standing: row.text(3))
        }
    }

    static func offers(of child: ChildID, in store: ReadScope) throws -> [OfferID] {
        try store.all("SELECT offer FROM offer WHERE child = ? ORDER BY offer", .uuid(child.uuid)) {
            OfferID(try $0.uuid(0))
        }
    }

    /// Offers with their children that stand so; at most `max`, in the order of ids after `after`.
    static func standing(_ code: String, after: OfferID?, max: Int, in store: ReadScope) throws -> [(OfferID, ChildID)]
    {
        try store.all(
            "SELECT offer, child FROM offer WHERE standing = ? AND offer > ? ORDER BY offer LIMIT ?", .text(code),
            .blob(after?.bytes ?? []), .int(max)
        ) { (OfferID(try $0.uuid(0)), ChildID(try $0.uuid(1))) }
    }

    static func write(_ file: OfferFile, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO offer (offer, child, kind, made, decided, standing) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET kind = excluded.kind, made = excluded.made, decided = excluded.decided,
                standing = excluded.standing
            """,
            .uuid(file.offer.uuid), .uuid(file.child.uuid), .maybe(file.made.current?.first.content.kind.rawValue),
            .text(try KeptHistory.text(file.made)), .text(try KeptHistory.text(file.decided)), .text(file.standing))
    }
}
