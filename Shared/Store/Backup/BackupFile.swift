public import Cryptography
internal import Foundation
internal import Runtime

/// A sealed backup of a store in one file (`BackupHeader` and `SealedChunks` draw its layout).
///
/// Blocks a thread of its own, not its callers' threads. Takes room for one more copy of the database in the data
/// directory, as plain text that only its owner can read and that is gone when a function returns; what a killed
/// process left is removed when the store is opened next. A cancelled task gives up between two chunks.
public actor BackupFile {
    /// Where the file is.
    public nonisolated let path: String
    private let keys: SealingKeys
    private let thread = ThreadExecutor(name: "store-backup")

    /// The thread that the work is done on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// A backup at `path`, there or to be written, and the keys it is sealed with: the newest seals.
    public init(path: String, keys: SealingKeys) {
        self.path = path
        self.keys = keys
    }

    /// Which store the file says it was taken of; genuine only once `restore` has opened it.
    public func origin() throws(StoreFailure) -> BackupOrigin {
        try BackupHeader(from: OwnedFile(reading: path)).origin
    }

    /// Takes a backup of the store in `directory`, whose lock this process holds, as it is at one instant. A store may
    /// be open and go on working; its log grows until the copy is made.
    ///
    /// The file has its name only once it was written, synced, opened again and found to hold the same rows in a
    /// database whose every page is sound. Until then it is called `path` + ".partial".
    /// - Throws: `StoreFailure`: refuse when there is a file at `path` already, retry when there is no room.
    public func write(
        of directory: DataDirectory, origin: BackupOrigin,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) throws -> BackupSummary {
        guard !OwnedFile.exists(path) else {
            throw StoreFailure(.refuse, reason: "there is a file with the backup's name", hint: "give another name")
        }
        return try directory.withPlainCopies {
            let partial = path + ".partial"
            try OwnedFile.remove(partial)
            do {
                let contents = try seal(directory, into: partial, origin: origin, progress: progress)
                let found = try open(partial, into: directory, stage: .checking, progress: progress) { _, found in
                    found
                }
                guard contents == found else { throw StoreFailure.differs }
                let bytes = try OwnedFile(reading: partial).length()
                try OwnedFile.rename(partial, to: path)
                try OwnedFile.syncDirectory(of: path)
                return BackupSummary(origin, contents, bytes: bytes)
            } catch {
                try OwnedFile.remove(partial)
                throw error
            }
        }
    }

    /// Puts the backup in the place of the store in `directory`, whose lock this process holds and in which no store is
    /// open.
    /// - Parameters:
    ///   - service: whose store it must be.
    ///   - replacing: whether a database that is there is moved aside, to `store.sqlite.before-restore-` and a number;
    ///     otherwise it is refused.
    ///   - mark: runs in the restored database before anyone can open it, as to note that it was restored. When it
    ///     throws, nothing was restored.
    /// - Throws: `StoreFailure` (refuse) when the file is damaged, of another service or sealed with an unknown key;
    ///   what `mark` threw. The store that was there is then untouched, unless the file system failed while names were
    ///   changed: then the next opening of the store brings the restore to its end.
    public func restore(
        into directory: DataDirectory, service: String, replacing: Bool = false,
        mark: @Sendable (Transaction) throws -> Void = { _ in },
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) throws -> BackupSummary {
        let origin = try origin()
        guard origin.service == service else {
            throw StoreFailure(
                .refuse, reason: "the backup is of another service", hint: "name a backup of \(service)")
        }
        return try directory.withPlainCopies {
            try directory.finishRestore()
            guard replacing || !OwnedFile.exists(directory.databasePath) else {
                throw StoreFailure(
                    .refuse, reason: "there is a database in the data directory",
                    hint: "ask for it to be replaced; it will be moved aside")
            }
            let contents = try open(path, into: directory, stage: .opening, progress: progress) { connection, found in
                try connection.begin()
                try mark(Transaction(connection))
                try connection.commit()
                return found
            } then: {
                try directory.acceptUnsealed()
            }
            try directory.finishRestore()
            return BackupSummary(origin, contents, bytes: try OwnedFile(reading: path).length())
        }
    }

    private func seal(
        _ directory: DataDirectory, into sealed: String, origin: BackupOrigin,
        progress: @escaping (BackupProgress) -> Void
    ) throws -> DatabaseContents {
        try directory.withPlainCopy(at: directory.copyPath) {
            let source = try Connection(path: directory.databasePath, purpose: .reading)
            // Counting begins the snapshot from which the copy is then made.
            try source.begin()
            let contents = try source.contents()
            try source.copy(to: directory.copyPath, progress: Self.steps(.copying, progress))
            try source.commit()
            let file = try OwnedFile(making: sealed)
            let chunks = SealedChunks(
                keys: keys, header: try BackupHeader(new: origin), progress: Self.steps(.sealing, progress))
            try chunks.seal(OwnedFile(reading: directory.copyPath), into: file)
            try file.sync()
            return contents
        }
    }

    /// Opens the sealed file into a plain one and examines that; `examined` gets the open database, `then` the closed
    /// one.
    private func open<T>(
        _ sealed: String, into directory: DataDirectory, stage: BackupProgress.Stage,
        progress: @escaping (BackupProgress) -> Void, examined: (Connection, DatabaseContents) throws -> T,
        then: () throws -> Void = {}
    ) throws -> T {
        let plain = directory.unsealedPath
        return try directory.withPlainCopy(at: plain) {
            let file = try OwnedFile(reading: sealed)
            let chunks = SealedChunks(
                keys: keys, header: try BackupHeader(from: file), progress: Self.steps(stage, progress))
            try chunks.open(file, into: OwnedFile(writing: plain))
            let value = try Self.examine(plain, examined)
            try then()
            return value
        }
    }

    /// The connection is closed when this returns.
    private static func examine<T>(
        _ path: String, _ examined: (Connection, DatabaseContents) throws -> T
    ) throws -> T {
        let connection = try Connection(path: path, purpose: .assembling)
        try connection.checkIntegrity()
        return try examined(connection, try connection.contents())
    }

    private static func steps(
        _ stage: BackupProgress.Stage, _ progress: @escaping (BackupProgress) -> Void
    ) -> (Int, Int) throws(StoreFailure) -> Void {
        { (done, total) throws(StoreFailure) in
            guard !Task.isCancelled else {
                throw StoreFailure(.retry, reason: "the work was given up", hint: "ask again")
            }
            progress(BackupProgress(stage: stage, bytesDone: done, bytesTotal: total))
        }
    }
}

extension StoreFailure {
    fileprivate static let differs = StoreFailure(
        .fatal, reason: "the backup differs from the store", hint: reportHint)
}
