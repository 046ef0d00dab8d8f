internal import Foundation
internal import Runtime
internal import Store

/// Forgets ids that were received longer ago than the inbox keeps them (DESIGN 3.2), a stretch of the table at a time,
/// so that no write waits long behind it. The natural keys of facts stay.
struct InboxRetention: RunningPart {
    let name = "inbox-retention"
    let store: Store
    let limits: DeliveryLimits
    let time: TimeSource
    private static let aboveAllIDs = [UInt8](repeating: 0xFF, count: 17)

    func run(until stop: StopSignal) async throws {
        var cursor: [UInt8] = []
        while await stop.sleep(for: limits.inboxInterval) {
            do {
                cursor = try await forget(after: cursor)
            } catch let failure as StoreFailure where failure.decision == .retry {
                // Nothing hangs on it: the same stretch is looked at again.
            }
        }
    }

    /// Looks at the next stretch after an id.
    /// - Returns: the last id looked at; empty at the table's end, where it begins anew.
    func forget(after cursor: [UInt8]) async throws -> [UInt8] {
        let oldest = time.now().dayNumber - limits.inboxDays
        let rows = limits.inboxRowsMax
        return try await store.write { transaction in
            let last = try transaction.first(
                "SELECT id FROM inbox WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?", .blob(cursor), .int(rows - 1)
            ) { $0.blob(0) }
            let forgotten = try transaction.execute(
                "DELETE FROM inbox WHERE id > ? AND id <= ? AND day < ?", .blob(cursor),
                .blob(last ?? Self.aboveAllIDs), .integer(oldest))
            transaction.tally("inbox", "records", by: -forgotten)
            return last ?? []
        }
    }
}
