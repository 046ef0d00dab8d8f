import Runtime
import Support
import Synchronization

@testable import Store

/// The table that these tests write to.
enum Notes {
    static let migration = Migration(
        "notes", 1, "notes",
        sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")

    static func store(in directory: TemporaryDirectory? = nil) async throws -> TemporaryStore {
        try await TemporaryStore(migrations: [migration], in: directory)
    }

    static func add(_ text: String, in transaction: Transaction) throws {
        try transaction.execute("INSERT INTO note (text) VALUES (?)", .text(text))
    }

    static func texts(_ scope: ReadScope) throws -> [String] {
        try scope.all("SELECT text FROM note ORDER BY id") { $0.text(0) }
    }
}

struct Rejection: Error, Equatable {}

/// Counts on any thread.
final class Counted: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}

/// Numbers from any thread.
final class Gathered: Sendable {
    private let numbers = Mutex<Set<Int>>([])
    var values: Set<Int> { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { _ = $0.insert(number) } }
}

extension TemporaryStore {
    var texts: [String] {
        get async throws { try await store.read { try Notes.texts($0) } }
    }

    func add(_ texts: String...) async throws {
        try await store.write { transaction in
            for text in texts { try Notes.add(text, in: transaction) }
        }
    }

    /// Holds the writer in a transaction of its own, starts `work`, and lets the writer go on once `count` jobs wait.
    func heldBack<T: Sendable>(
        count: Int, _ work: @escaping @Sendable (Store) async throws -> T
    ) async throws -> T {
        let (begun, gate) = (StopSignal(), Gate())
        let store = store
        async let held: Void = store.write { _ in
            begun.stop()
            gate.pass()
        }
        await begun.wait()
        async let result = work(store)
        try await waitUntil { store.writer.queue.count == count }
        gate.open()
        try await held
        return try await result
    }
}
