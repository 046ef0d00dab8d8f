internal import Synchronization

/// Files that a backup or a restore puts into the data directory, and the one step that can be interrupted half-way.
extension DataDirectory {
    /// The plain copy of the running store that a backup seals.
    var copyPath: String { databasePath + ".copy" }
    /// What comes out of a backup, not yet checked.
    var unsealedPath: String { databasePath + ".unsealed" }
    /// A checked database that is to take the place of the store: from here on the restore only goes forward.
    var restoredPath: String { databasePath + ".restored" }

    /// Names that SQLite gives files beside a database.
    private static let companions = ["-journal", "-wal", "-shm"]

    /// Runs `body`, which may use the paths above, when nothing else does; first removes what a killed process left
    /// there.
    /// - Throws: "retry" while another backup or restore is at work; what `body` threw.
    func withPlainCopies<T>(_ body: () throws -> T) throws -> T {
        let isFree = isCopying.withLock { isCopying in
            defer { isCopying = true }
            return !isCopying
        }
        guard isFree else {
            throw StoreFailure(
                .retry, reason: "another backup or restore is at work", hint: "wait until it is done, then ask again")
        }
        defer { isCopying.withLock { $0 = false } }
        for path in [copyPath, unsealedPath] { try Self.removePlainCopy(path) }
        return try body()
    }

    /// Runs `body` while there is an empty file at `path` that only its owner can read, and removes it afterwards, with
    /// everything that SQLite put beside it.
    /// - Throws: what `body` threw.
    func withPlainCopy<T>(at path: String, _ body: () throws -> T) throws -> T {
        _ = try OwnedFile(making: path)
        let result = Result { try body() }
        let removal = Result { () throws(StoreFailure) in try Self.removePlainCopy(path) }
        let value = try result.get()
        try removal.get()
        return value
    }

    /// Decides the restore: what was opened and checked is on disk and will be the store.
    func acceptUnsealed() throws(StoreFailure) {
        try OwnedFile(reading: unsealedPath).sync()
        try OwnedFile.rename(unsealedPath, to: restoredPath)
        try OwnedFile.syncDirectory(of: restoredPath)
    }

    /// Puts a database that stands at `restoredPath` in the store's place, if there is one. The old database and its
    /// log get names of their own, under which SQLite still opens them. Safe to be interrupted anywhere and called
    /// again.
    func finishRestore() throws(StoreFailure) {
        guard OwnedFile.exists(restoredPath) else { return }
        let aside = asidePath()
        // The log goes first and finds the same number when this is done again; the database's leaving decides it.
        for companion in Self.companions.dropLast() where OwnedFile.exists(databasePath + companion) {
            try OwnedFile.rename(databasePath + companion, to: aside + companion)
        }
        // The log's index is made anew from the log.
        try OwnedFile.remove(databasePath + "-shm")
        if OwnedFile.exists(databasePath) { try OwnedFile.rename(databasePath, to: aside) }
        try OwnedFile.syncDirectory(of: databasePath)
        try OwnedFile.rename(restoredPath, to: databasePath)
        try OwnedFile.syncDirectory(of: databasePath)
    }

    /// The first unused name for a replaced database.
    private func asidePath() -> String {
        var number = 1
        while OwnedFile.exists("\(databasePath).before-restore-\(number)") { number += 1 }
        return "\(databasePath).before-restore-\(number)"
    }

    private static func removePlainCopy(_ path: String) throws(StoreFailure) {
        for companion in companions { try OwnedFile.remove(path + companion) }
        try OwnedFile.remove(path)
    }
}
