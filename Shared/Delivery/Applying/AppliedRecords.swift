public import Foundation
public import Store

/// Which records this store has applied: the first line against repetition, as a service sees it.
public enum AppliedRecords {
    /// Whether the record of an id was applied, or recognised as one that changes nothing. Not while it is parked.
    /// Ids are kept for 400 days. Costs one lookup.
    public static func contains(_ id: UUID, in scope: ReadScope) throws -> Bool {
        try scope.exists("SELECT 1 FROM inbox WHERE id = ?", .uuid(id))
    }
}
