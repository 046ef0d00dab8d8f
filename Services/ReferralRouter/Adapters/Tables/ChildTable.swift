internal import Events
internal import Store

/// The table of children's listings: SQL only.
enum ChildTable {
    static func find(_ child: ChildID, in store: ReadScope) throws -> ChildListing? {
        try store.first("SELECT listed FROM listing WHERE child = ?", .uuid(child.uuid)) { row in
            ChildListing(child: child, listed: try KeptHistory.read(row.text(0)))
        }
    }

    static func write(_ listing: ChildListing, in transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO listing (child, listed) VALUES (?, ?) ON CONFLICT DO UPDATE SET listed = excluded.listed",
            .uuid(listing.child.uuid), .text(try KeptHistory.text(listing.listed)))
    }
}

/// The table of conversations: SQL only. What an offer says of an interpreter is taken over when the offer is made.
enum ConversationTable {
    static func needsInterpreter(_ conversation: ConversationID, in store: ReadScope) throws -> Bool {
        try store.exists(
            "SELECT 1 FROM conversation WHERE conversation = ? AND interpreter = 1", .uuid(conversation.uuid))
    }

    static func write(
        _ conversation: ConversationID, of child: ChildID, interpreter: Bool, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO conversation (conversation, child, interpreter) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET interpreter = excluded.interpreter
            """, .uuid(conversation.uuid), .uuid(child.uuid), .bool(interpreter))
    }
}
