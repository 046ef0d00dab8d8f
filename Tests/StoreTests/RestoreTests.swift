import Cryptography
import Foundation
import Support
import Testing

@testable import Store

@Suite("A restore")
struct RestoreTests {
    /// Writes after the backup, so that old and restored store can be told apart.
    private func changedAfterBackup() async throws -> (BackedUpNotes, DataDirectory) {
        let original = try await BackedUpNotes()
        try await original.backUp()
        try await original.notes.add("after")
        await original.notes.store.close()
        return (original, original.notes.store.directory)
    }

    @Test("is refused where there is a database, which stays as it was")
    func refused() async throws {
        let (original, directory) = try await changedAfterBackup()
        let failure = await #expect(throws: StoreFailure.self) {
            try await original.file().restore(into: directory, service: "scoring")
        }
        #expect(failure?.decision == .refuse)
        #expect(try await BackedUpNotes.texts(in: directory) == [BackedUpNotes.secret, "after"])
        #expect(try BackedUpNotes.names(in: directory.path) == ["store.sqlite"])
    }

    @Test("that replaces moves the old database aside, each time to a name of its own")
    func replacing() async throws {
        let (original, directory) = try await changedAfterBackup()
        for number in 1...2 {
            _ = try await original.file().restore(into: directory, service: "scoring", replacing: true)
            #expect(OwnedFile.exists("\(directory.databasePath).before-restore-\(number)"))
        }
        #expect(try await BackedUpNotes.texts(in: directory) == [BackedUpNotes.secret])
        #expect(try texts(aside: 1, in: directory) == [BackedUpNotes.secret, "after"])
        #expect(try texts(aside: 2, in: directory) == [BackedUpNotes.secret])
    }

    @Test("moves the old log aside too, where its rows are still found, and lets none of it reach the new database")
    func withLog() async throws {
        let original = try await BackedUpNotes()
        try await original.backUp()
        try await original.notes.add("in the log")
        let directory = try copyOfRunning(original, to: "crashed")
        #expect(OwnedFile.exists(directory.databasePath + "-wal"))
        _ = try await original.file().restore(into: directory, service: "scoring", replacing: true)
        #expect(!OwnedFile.exists(directory.databasePath + "-wal"))
        #expect(!OwnedFile.exists(directory.databasePath + "-shm"))
        #expect(try await BackedUpNotes.texts(in: directory) == [BackedUpNotes.secret])
        #expect(try texts(aside: 1, in: directory) == [BackedUpNotes.secret, "in the log"])
    }

    @Test("interrupted anywhere is brought to its end by the next opening", arguments: 0...3)
    func interrupted(afterStep step: Int) async throws {
        let original = try await BackedUpNotes()
        try await original.notes.add("in the log")
        let directory = try copyOfRunning(original, to: "crashed")
        let aside = directory.databasePath + ".before-restore-1"
        // The steps of finishRestore, one by one.
        try await restoredFile(original, at: directory.restoredPath)
        if step > 0 { try OwnedFile.rename(directory.databasePath + "-wal", to: aside + "-wal") }
        if step > 1 { try OwnedFile.remove(directory.databasePath + "-shm") }
        if step > 2 { try OwnedFile.rename(directory.databasePath, to: aside) }

        #expect(try await BackedUpNotes.texts(in: directory) == ["restored"])
        #expect(try texts(aside: 1, in: directory) == [BackedUpNotes.secret, "in the log"])
        #expect(!OwnedFile.exists(directory.restoredPath))
        #expect(try await BackedUpNotes.texts(in: directory) == ["restored"])
    }

    @Test("marks the database before anyone opens it")
    func marked() async throws {
        let (original, _) = try await changedAfterBackup()
        let directory = try original.emptyDirectory()
        _ = try await original.file().restore(into: directory, service: "scoring") { transaction in
            try Notes.add("restored", in: transaction)
        }
        #expect(try await BackedUpNotes.texts(in: directory) == [BackedUpNotes.secret, "restored"])
    }

    @Test("whose mark fails restored nothing")
    func unmarked() async throws {
        let (original, directory) = try await changedAfterBackup()
        await #expect(throws: Rejection.self) {
            try await original.file().restore(into: directory, service: "scoring", replacing: true) { transaction in
                try Notes.add("restored", in: transaction)
                throw Rejection()
            }
        }
        #expect(try BackedUpNotes.names(in: directory.path) == ["store.sqlite"])
        #expect(try await BackedUpNotes.texts(in: directory) == [BackedUpNotes.secret, "after"])
    }

    @Test("needs the key, and says which")
    func otherKey() async throws {
        let (original, _) = try await changedAfterBackup()
        let directory = try original.emptyDirectory()
        let unknown = try SealingKeys(newest: .random(id: "2027-01"))
        let sameName = try SealingKeys(newest: .random(id: "2026-11"))
        for keys in [unknown, sameName] {
            let failure = await #expect(throws: StoreFailure.self) {
                try await original.file(keys: keys).restore(into: directory, service: "scoring")
            }
            #expect(failure?.decision == .refuse)
            #expect(failure?.hint.contains("2026-11") == true || keys.newest.id == "2026-11")
        }
        #expect(try BackedUpNotes.names(in: directory.path).isEmpty)
    }

    @Test("takes the older key as long as the ring holds it")
    func olderKey() async throws {
        let (original, _) = try await changedAfterBackup()
        let ring = try SealingKeys(newest: .random(id: "2027-01"), older: [original.keys.newest])
        let directory = try original.emptyDirectory()
        _ = try await original.file(keys: ring).restore(into: directory, service: "scoring")
        #expect(try await BackedUpNotes.texts(in: directory) == [BackedUpNotes.secret])
    }

    @Test("takes only a backup of its own service")
    func otherService() async throws {
        let (original, _) = try await changedAfterBackup()
        let directory = try original.emptyDirectory()
        await #expect(throws: StoreFailure.self) {
            try await original.file().restore(into: directory, service: "intake")
        }
    }

    @Test("of no file or another kind of file is refused", arguments: [nil, "", "BARNBAK1", "SQLite format 3"])
    func noBackup(_ text: String?) async throws {
        let original = try await BackedUpNotes()
        if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: original.path("backup"))) }
        let directory = try original.emptyDirectory()
        let failure = await #expect(throws: StoreFailure.self) {
            try await original.file().restore(into: directory, service: "scoring")
        }
        #expect(failure?.decision == .refuse)
    }

    /// The data directory as a killed process leaves it: a database and its log.
    private func copyOfRunning(_ original: BackedUpNotes, to name: String) throws -> DataDirectory {
        let directory = try original.emptyDirectory(name)
        for ending in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(
                atPath: original.notes.store.directory.databasePath + ending, toPath: directory.databasePath + ending)
        }
        return directory
    }

    /// A database that holds the one row "restored".
    private func restoredFile(_ original: BackedUpNotes, at path: String) async throws {
        let made = try await Notes.store()
        try await made.add("restored")
        await made.store.close()
        try FileManager.default.copyItem(atPath: made.store.directory.databasePath, toPath: path)
    }

    private func texts(aside number: Int, in directory: DataDirectory) throws -> [String] {
        let path = "\(directory.databasePath).before-restore-\(number)"
        return try Notes.texts(ReadScope(Connection(path: path, purpose: .reading)))
    }
}
