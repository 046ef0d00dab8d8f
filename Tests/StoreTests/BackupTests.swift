import Cryptography
import Foundation
import Runtime
import Support
import Synchronization
import Testing

@testable import Store

@Suite("A backup")
struct BackupTests {
    @Test("brings back all that was written before it", arguments: [0, 3])
    func roundTrip(megabytes: Int) async throws {
        let original = try await BackedUpNotes(megabytes: megabytes)
        let summary = try await original.backUp()
        #expect(summary.rows == ["migration": 1, "note": 1 + 10 * megabytes])
        #expect(summary.userVersion == 1)
        #expect(summary.origin == BackedUpNotes.origin)
        #expect(try TakenApart(original.path("backup")).chunks.count > megabytes)
        #expect(try await original.restoredTexts() == original.notes.texts)
        #expect(try await original.file().origin() == BackedUpNotes.origin)
    }

    @Test("can be taken of a store that is closed")
    func closed() async throws {
        let original = try await BackedUpNotes()
        await original.notes.store.close()
        try await original.backUp()
        #expect(try await original.restoredTexts() == [BackedUpNotes.secret])
        #expect(try await original.notes.reopened().texts == [BackedUpNotes.secret])
    }

    @Test("is of one instant, while the store goes on writing")
    func consistent() async throws {
        let original = try await BackedUpNotes(megabytes: 4)
        let store = original.notes.store
        let over = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var number = 0
                while !over.isStopping, !Task.isCancelled {
                    let pair = number
                    try await store.write { transaction in
                        try Notes.add("left \(pair)", in: transaction)
                        try Notes.add("right \(pair)", in: transaction)
                    }
                    number += 1
                }
            }
            try await waitUntil { try await original.notes.texts.contains("right 20") }
            try await original.backUp()
            over.stop()
            try await group.waitForAll()
        }
        let texts = try await original.restoredTexts()
        let lefts = texts.filter { $0.hasPrefix("left") }.map { $0.dropFirst(5) }
        let rights = texts.filter { $0.hasPrefix("right") }.map { $0.dropFirst(6) }
        #expect(lefts == rights)
        #expect(lefts == (0..<lefts.count).map { "\($0)" })
        #expect(lefts.count > 20)
        #expect(try await original.notes.texts.count > texts.count, "it went on while the backup was made")
    }

    @Test("shows no plain text, is its owner's alone, and leaves nothing behind")
    func sealed() async throws {
        let original = try await BackedUpNotes()
        let before = try BackedUpNotes.names(in: original.notes.store.directory.path)
        try await original.backUp()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: original.path("backup")))
        #expect(bytes.range(of: Data(BackedUpNotes.secret.utf8)) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: original.path("backup"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try BackedUpNotes.names(in: original.notes.store.directory.path) == before)
        #expect(try original.notes.directory.names() == ["backup", "data"])
    }

    @Test("has its name only when it was checked: until then the name is another, and goes when it fails")
    func partial() async throws {
        let original = try await BackedUpNotes(megabytes: 2)
        let backup = original.path("backup")
        let stages = Mutex<[BackupProgress.Stage]>([])
        // Damages the file between its writing and its checking.
        let failure = await #expect(throws: StoreFailure.self) {
            try await original.file().write(of: original.notes.store.directory, origin: BackedUpNotes.origin) { step in
                stages.withLock { $0.append(step.stage) }
                #expect(!FileManager.default.fileExists(atPath: backup))
                guard step.stage == .checking, step.bytesDone < step.bytesTotal else { return }
                do {
                    let file = try FileHandle(forUpdating: URL(fileURLWithPath: backup + ".partial"))
                    try file.seek(toOffset: UInt64(step.bytesTotal - 100))
                    try file.write(contentsOf: Data(count: 8))
                    try file.close()
                } catch {
                    Issue.record(error)
                }
            }
        }
        #expect(failure?.decision == .refuse)
        #expect(stages.withLock { $0.contains(.copying) && $0.contains(.sealing) && $0.contains(.checking) })
        #expect(try original.notes.directory.names() == ["data"])
        #expect(try BackedUpNotes.names(in: original.notes.store.directory.path).allSatisfy { !$0.contains("copy") })
        try await original.backUp()
    }

    @Test("tells how far it is, up to the end of each stage")
    func progress() async throws {
        let original = try await BackedUpNotes(megabytes: 2)
        let steps = Mutex<[BackupProgress]>([])
        _ = try await original.file().write(of: original.notes.store.directory, origin: BackedUpNotes.origin) { step in
            steps.withLock { $0.append(step) }
        }
        for stage in [BackupProgress.Stage.copying, .sealing, .checking] {
            let told = steps.withLock { $0.filter { $0.stage == stage } }
            #expect(told.last.map { $0.bytesDone == $0.bytesTotal } == true, "\(stage)")
            #expect(told.map(\.bytesDone) == told.map(\.bytesDone).sorted())
        }
    }

    @Test("never takes another file's name")
    func taken() async throws {
        let original = try await BackedUpNotes()
        try await original.backUp()
        let failure = await #expect(throws: StoreFailure.self) { try await original.backUp() }
        #expect(failure?.decision == .refuse)
    }

    @Test("is one at a time; the second is told to come again")
    func oneAtATime() async throws {
        let original = try await BackedUpNotes()
        let begun = Gate()
        let gate = Gate()
        let first = original.file("first")
        async let running = first.write(of: original.notes.store.directory, origin: BackedUpNotes.origin) { step in
            guard step.stage == .checking else { return }
            begun.open()
            gate.pass()
        }
        try await original.notes.store.write { _ in begun.pass() }
        let failure = await #expect(throws: StoreFailure.self) { try await original.backUp("second") }
        #expect(failure?.decision == .retry)
        gate.open()
        _ = try await running
        try await original.backUp("second")
    }

    @Test("given up by its task leaves nothing")
    func cancelled() async throws {
        let original = try await BackedUpNotes(megabytes: 2)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { try await original.backUp() }
            await #expect(throws: StoreFailure.self) { try await group.next() }
        }
        #expect(try original.notes.directory.names() == ["data"])
        #expect(try BackedUpNotes.names(in: original.notes.store.directory.path).allSatisfy { !$0.contains("copy") })
    }

    @Test("takes over after a killed one: what that left as plain text goes")
    func leftovers() async throws {
        let original = try await BackedUpNotes()
        let directory = original.notes.store.directory
        let left = [directory.copyPath, directory.copyPath + "-journal", directory.unsealedPath]
        for path in left + [original.path("backup.partial")] {
            try Data("plain".utf8).write(to: URL(fileURLWithPath: path))
        }
        try await original.backUp()
        #expect(left.allSatisfy { !FileManager.default.fileExists(atPath: $0) })

        for path in left { try Data("plain".utf8).write(to: URL(fileURLWithPath: path)) }
        _ = try await original.notes.reopened()
        #expect(left.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    }

    @Test(
        "without room is told so, leaves nothing, and harms no store",
        .enabled(if: SmallVolume.isPossible, "only root can mount a small volume"), arguments: [true, false])
    func noRoom(inDataDirectory: Bool) async throws {
        let original = try await BackedUpNotes(megabytes: 3)
        let volume = try SmallVolume(bytes: inDataDirectory ? 16 << 20 : 2 << 20)
        let data = inDataDirectory ? volume.path + "/data" : original.path("other")
        let directory = try DataDirectory(locking: data)
        try await original.backUp("seed")
        _ = try await original.file("seed").restore(into: directory, service: "scoring")
        let store = try await Store.open(directory, migrations: [Notes.migration]) { _ in Issue.record("fatal") }
        if inDataDirectory { try volume.fill(bytes: 5 << 20) }

        let path = inDataDirectory ? original.path("backup") : volume.path + "/backup"
        let failure = await #expect(throws: StoreFailure.self) {
            try await BackupFile(path: path, keys: original.keys).write(of: directory, origin: BackedUpNotes.origin)
        }
        #expect(failure?.isDiskFull == true)
        #expect(failure?.decision == .retry)
        #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
        #expect(try BackedUpNotes.names(in: data).allSatisfy { !$0.contains("copy") && !$0.contains("unsealed") })
        try await store.write { try Notes.add("after", in: $0) }
        await store.close()
    }
}
