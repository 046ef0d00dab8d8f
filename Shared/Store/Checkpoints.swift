/// When the write-ahead log is folded into the database, so that it stays bounded. Between transactions, after the
/// callers have their answers.
///
/// A log begins anew only when no reader needs its old part. Readers that always overlap could keep it growing for
/// ever: past `pagesInsisting` the writer waits for them, a moment at a time.
struct Checkpoints {
    /// 8 MB with pages of 4 KB.
    static let pages = 2_000
    static let pagesInsisting = 16_000
    static let insistingMilliseconds = 100

    private var due = pages

    /// - Throws: fatal failures only. A full disk or a reader in the way postpones it.
    mutating func afterCommit(on connection: Connection) throws(StoreFailure) {
        let pages = connection.walPages
        // The log began anew.
        if pages < Self.pages { due = Self.pages }
        guard pages >= due else { return }
        due = pages + Self.pages
        if pages < Self.pagesInsisting {
            try Self.run("PASSIVE", on: connection)
        } else {
            try connection.run("PRAGMA busy_timeout = \(Self.insistingMilliseconds)")
            try Self.run("RESTART", on: connection)
            try connection.run("PRAGMA busy_timeout = \(Connection.busyTimeoutMilliseconds)")
        }
    }

    /// Leaves an empty log, so that the database file alone is whole.
    /// - Throws: fatal failures only.
    static func last(on connection: Connection) throws(StoreFailure) {
        try run("TRUNCATE", on: connection)
    }

    private static func run(_ mode: String, on connection: Connection) throws(StoreFailure) {
        do throws(StoreFailure) {
            try connection.run("PRAGMA wal_checkpoint(\(mode))")
        } catch {
            if error.decision == .fatal { throw error }
        }
    }
}
