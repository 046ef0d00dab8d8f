import Support
import Testing

@testable import Store

/// SQLite ends a transaction by itself when it runs out of room, memory or disk in the middle of a statement.
@Suite("A transaction that SQLite ended by itself")
struct EndedTransactionTests {
    /// What SQLite does then, at will.
    private static func endByItself(_ transaction: Transaction) throws {
        try transaction.connection.run("ROLLBACK")
    }

    @Test("takes no more statements: they would be committed one by one")
    func noMoreStatements() async throws {
        let notes = try await Notes.store()
        await #expect(throws: StoreFailure.self) {
            try await notes.store.write { transaction in
                try Notes.add("before", in: transaction)
                try Self.endByItself(transaction)
                #expect(throws: StoreFailure.self) { try Notes.add("after", in: transaction) }
                #expect(throws: StoreFailure.self) {
                    try transaction.savepoint { try Notes.add("in a savepoint", in: transaction) }
                }
                #expect(throws: StoreFailure.self) { try Notes.texts(transaction) }
            }
        }
        #expect(try await notes.texts.isEmpty)
    }

    @Test("fails a body that passed over it, and all who shared it, with a failure to try again")
    func sharedByAll() async throws {
        let notes = try await Notes.store()
        let decisions = try await notes.heldBack(count: 3) { store in
            await withTaskGroup(of: StoreFailure.Decision?.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        do {
                            try await store.write { transaction in
                                try Notes.add("\(number)", in: transaction)
                                if number == 1 { try Self.endByItself(transaction) }
                            }
                            return nil
                        } catch {
                            return (error as? StoreFailure)?.decision
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(decisions == [.retry, .retry, .retry])
        #expect(try await notes.texts.isEmpty)
        #expect(notes.failures.isEmpty)
        try await notes.add("later")
        #expect(try await notes.texts == ["later"])
    }

    @Test("in a read leaves no half view: what follows is refused, the next read is whole")
    func reading() async throws {
        let notes = try await Notes.store()
        try await notes.add("a")
        await #expect(throws: StoreFailure.self) {
            try await notes.store.read { scope in
                try scope.connection.run("ROLLBACK")
                return try Notes.texts(scope)
            }
        }
        #expect(try await notes.texts == ["a"])
    }
}
