/// How far a backup or a restore has come.
public struct BackupProgress: Sendable, Equatable {
    /// What is being done. A backup copies, seals and checks; a restore opens.
    public enum Stage: String, Sendable {
        /// The running store is copied into a file of its own.
        case copying
        /// The copy is sealed into the backup.
        case sealing
        /// The backup is opened again and compared.
        case checking
        /// A backup is opened to be restored.
        case opening
    }

    /// The stage.
    public let stage: Stage
    /// Bytes of the stage done.
    public let bytesDone: Int
    /// Bytes of the stage in all.
    public let bytesTotal: Int
}

/// What a backup holds.
public struct BackupSummary: Sendable, Equatable {
    /// Where it came from.
    public let origin: BackupOrigin
    /// The store's steps of migration.
    public let userVersion: Int
    /// Rows by table.
    public let rows: [String: Int]
    /// The file's length.
    public let bytes: Int

    init(_ origin: BackupOrigin, _ contents: DatabaseContents, bytes: Int) {
        self.origin = origin
        self.userVersion = contents.userVersion
        self.rows = contents.rows
        self.bytes = bytes
    }
}
