import Foundation
import Runtime
import Support
import Testing

@testable import Store

@Suite("What was acknowledged")
struct DurabilityTests {
    @Test("is synced at every commit, in a write-ahead log")
    func fullSync() async throws {
        let notes = try await Notes.store()
        let (synchronous, mode) = try await notes.store.write { transaction in
            (
                try transaction.count("PRAGMA synchronous"),
                try transaction.first("PRAGMA journal_mode") { $0.text(0) }
            )
        }
        #expect(synchronous == 2, "FULL; NORMAL, which is 1, may lose the last commits in a power cut")
        #expect(mode == "wal")
    }

    @Test("is there after kill -9 among many writers")
    func killed() async throws {
        let place = try TemporaryDirectory()
        let path = place.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let child = try await AcknowledgingChild(path)
            await child.write(rows: 500, writers: 16)
        }
        let acknowledged = try AcknowledgingChild.acknowledged(path)
        #expect(acknowledged.count >= 500)
        let texts = try await Notes.store(in: place).texts
        #expect(Set(texts).isSuperset(of: acknowledged))
        #expect(Set(texts).count == texts.count)
    }

    @Test("is exactly what is there after a death before the commit")
    func beforeCommit() async throws {
        let place = try TemporaryDirectory()
        let path = place.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            setenv("FAULT_POINT", "\(StoreFaultPoints.beforeCommit.name):40", 1)
            let child = try await AcknowledgingChild(path)
            await child.write(rows: 500, writers: 1)
        }
        let acknowledged = try AcknowledgingChild.acknowledged(path)
        #expect(acknowledged.count == 39)
        #expect(try await Set(Notes.store(in: place).texts) == acknowledged)
    }

    @Test("is there after a death between the commit and its answer, with what nobody was told of")
    func afterCommit() async throws {
        let place = try TemporaryDirectory()
        let path = place.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            setenv("FAULT_POINT", "\(StoreFaultPoints.afterCommit.name):40", 1)
            let child = try await AcknowledgingChild(path)
            await child.write(rows: 500, writers: 1)
        }
        let acknowledged = try AcknowledgingChild.acknowledged(path)
        #expect(acknowledged.count == 39)
        #expect(try await Set(Notes.store(in: place).texts) == acknowledged.union(["0-39"]))
    }
}

/// A process that writes rows and notes in a file of its own which of them the store acknowledged, until it is killed.
struct AcknowledgingChild: Sendable {
    private let store: Store
    private let log: FileHandle

    init(_ path: String) async throws {
        store = try await Store.open(
            DataDirectory(locking: path + "/data"), migrations: [Notes.migration]
        ) { _ in }
        try Data().write(to: URL(fileURLWithPath: path + "/acknowledged"))
        log = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/acknowledged"))
    }

    static func acknowledged(_ path: String) throws -> Set<String> {
        let text = try String(contentsOfFile: path + "/acknowledged", encoding: .utf8)
        return Set(text.split(separator: "\n").map(String.init))
    }

    /// Writes until `rows` were acknowledged, then dies.
    func write(rows: Int, writers: Int) async {
        let done = Counted()
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for number in 0... {
                        let text = "\(writer)-\(number)"
                        do {
                            try await store.write { try Notes.add(text, in: $0) }
                            try log.write(contentsOf: Data("\(text)\n".utf8))
                        } catch {
                            return
                        }
                        done.add()
                        if done.value >= rows { return }
                    }
                }
            }
            // The first writer that is done kills the process, with the others in the middle.
            await group.next()
            if done.value >= rows { kill(getpid(), SIGKILL) }
        }
    }
}
