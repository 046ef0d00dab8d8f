import Runtime
import Support
import Testing

@testable import Store

@Suite("Writes that wait at the same time")
struct GroupCommitTests {
    @Test("share one commit, and each gets its own value")
    func sharing() async throws {
        let notes = try await Notes.store()
        let commits = Counted()
        notes.store.whenCommitted { commits.add() }
        let values = try await notes.heldBack(count: 100) { store in
            try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let key = try await store.write { transaction in
                            try transaction.insert("INSERT INTO note (text) VALUES (?)", .text("\(number)"))
                        }
                        return (number, key)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        #expect(commits.value == 2, "one for the write that held the others back, one for all of them")
        for (number, key) in values {
            let text = try await notes.store.read { scope in
                try scope.first("SELECT text FROM note WHERE id = ?", .integer(key)) { $0.text(0) }
            }
            #expect(text == "\(number)")
        }
        #expect(values.count == 100)
    }

    @Test("run in the order of the calls, each seeing the ones before")
    func order() async throws {
        let notes = try await Notes.store()
        let (begun, gate) = (StopSignal(), Gate())
        let store = notes.store
        async let held: Void = store.write { _ in
            begun.stop()
            gate.pass()
        }
        await begun.wait()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await store.write { transaction in
                        #expect(try transaction.count("SELECT count(*) FROM note") == number)
                        try Notes.add("\(number)", in: transaction)
                    }
                }
                try await waitUntil { store.writer.queue.count == number + 1 }
            }
            gate.open()
            try await group.waitForAll()
        }
        try await held
        #expect(try await notes.texts == (0..<50).map(String.init))
    }

    @Test("fail alone: what a failing body wrote is undone, its neighbours' rows stay")
    func failingAlone() async throws {
        let notes = try await Notes.store()
        let outcomes = try await notes.heldBack(count: 9) { store in
            await withTaskGroup(of: (Int, (any Error)?).self) { group in
                for number in 0..<9 {
                    group.addTask {
                        do {
                            try await store.write { transaction in
                                try Notes.add("\(number)", in: transaction)
                                if number % 3 == 1 { throw Rejection() }
                                if number % 3 == 2 { try Notes.add("\(number)", in: transaction) }
                            }
                            return (number, nil)
                        } catch {
                            return (number, error)
                        }
                    }
                }
                return await group.reduce(into: [Int: (any Error)?]()) { $0[$1.0] = .some($1.1) }
            }
        }
        for (number, error) in outcomes {
            switch number % 3 {
            case 0: #expect(error == nil)
            case 1: #expect(error is Rejection)
            default: #expect((error as? StoreFailure)?.decision == .refuse)
            }
        }
        #expect(try await Set(notes.texts) == ["0", "3", "6"])
        #expect(notes.failures.isEmpty)
    }

    @Test("fail alone when a deferred foreign key is left dangling")
    func danglingKey() async throws {
        let notes = try await TemporaryStore(migrations: [
            Migration(
                "keys", 1, "parents and children",
                sql: """
                    CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
                    CREATE TABLE kin (
                        id INTEGER PRIMARY KEY REFERENCES parent DEFERRABLE INITIALLY DEFERRED) STRICT;
                    """)
        ])
        let failure = try await notes.heldBack(count: 2) { store in
            async let whole: Void = store.write { transaction in
                try transaction.execute("INSERT INTO kin (id) VALUES (1)")
                try transaction.execute("INSERT INTO parent (id) VALUES (1)")
            }
            async let dangling: Void = store.write { transaction in
                try transaction.execute("INSERT INTO kin (id) VALUES (2)")
            }
            try await whole
            do {
                try await dangling
                return nil as StoreFailure?
            } catch {
                return error as? StoreFailure
            }
        }
        #expect(failure?.decision == .refuse)
        #expect(try await notes.store.read { try $0.count("SELECT count(*) FROM kin") } == 1)
    }

    @Test("are refused when the store is closed, and those that wait are done first")
    func closing() async throws {
        let notes = try await Notes.store()
        let store = notes.store
        let (begun, gate) = (StopSignal(), Gate())
        async let held: Void = store.write { transaction in
            try Notes.add("held", in: transaction)
            begun.stop()
            gate.pass()
        }
        await begun.wait()
        async let waiting: Void = store.write { try Notes.add("waiting", in: $0) }
        try await waitUntil { store.writer.queue.count == 1 }
        async let closed: Void = store.close()
        gate.open()
        try await held
        try await waiting
        await closed
        await #expect(throws: StoreFailure.self) { try await store.write { try Notes.add("late", in: $0) } }
        await #expect(throws: StoreFailure.self) { try await store.read { try Notes.texts($0) } }
        #expect(try await notes.reopened().texts == ["held", "waiting"])
    }
}
