import Foundation
import Runtime
import Support
import Testing

@testable import Store

@Suite("The write-ahead log")
struct CheckpointTests {
    static let pageBytes = 4096 + 24

    @Test("stays bounded while rows come in")
    func bounded() async throws {
        let notes = try await Notes.store()
        var longest = 0
        for batch in 0..<500 {
            try await notes.store.write { transaction in
                for row in 0..<100 {
                    try Notes.add("\(batch)-\(row) " + String(repeating: "x", count: 300), in: transaction)
                }
            }
            longest = max(longest, try notes.length(of: "store.sqlite-wal"))
        }
        #expect(longest > Checkpoints.pages * Self.pageBytes / 2, "the rows filled it at least once")
        #expect(longest < 2 * Checkpoints.pages * Self.pageBytes)
        #expect(try await notes.store.read { try $0.count("SELECT count(*) FROM note") } == 50_000)
    }

    @Test("stays bounded beside readers that always overlap")
    func overlappingReaders() async throws {
        let notes = try await Notes.store()
        let over = StopSignal()
        let store = notes.store
        var longest = 0
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in 0..<2 {
                group.addTask {
                    while !over.isStopping, !Task.isCancelled {
                        try await store.read { scope in
                            _ = try scope.count("SELECT count(*) FROM note")
                            // A slow page: the thread is the reader's own.
                            Thread.sleep(forTimeInterval: 0.005 + Double(reader) * 0.002)
                        }
                    }
                }
            }
            for batch in 0..<90 {
                try await store.write { transaction in
                    for row in 0..<20 {
                        try Notes.add("\(batch)-\(row) " + String(repeating: "x", count: 80_000), in: transaction)
                    }
                }
                longest = max(longest, try notes.length(of: "store.sqlite-wal"))
            }
            over.stop()
            try await group.waitForAll()
        }
        #expect(longest < (Checkpoints.pagesInsisting + 3 * Checkpoints.pages) * Self.pageBytes)
    }

    @Test("is empty once the store is closed, also when a read was going on")
    func closed() async throws {
        let notes = try await Notes.store()
        try await notes.add("a", "b")
        #expect(try notes.length(of: "store.sqlite-wal") > 0)
        let begun = Gate()
        let gate = Gate()
        let store = notes.store
        async let read = store.read { scope in
            let texts = try Notes.texts(scope)
            begun.open()
            gate.pass()
            return texts
        }
        try await store.write { _ in begun.pass() }
        async let closed: Void = store.close()
        await #expect(throws: StoreFailure.self) {
            while true { _ = try await store.read { _ in } }
        }
        // The writer stays until the last reader is gone: only then can the log be emptied.
        try await store.write { try Notes.add("c", in: $0) }
        gate.open()
        #expect(try await read == ["a", "b"])
        await closed
        #expect(try notes.length(of: "store.sqlite-wal") == 0)
        #expect(try await notes.reopened().texts == ["a", "b", "c"])
    }

    @Test("is emptied by a cancelled task too")
    func cancelled() async throws {
        let notes = try await Notes.store()
        try await notes.add("a")
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { await notes.store.close() }
        }
        #expect(try notes.length(of: "store.sqlite-wal") == 0)
    }
}
