import Support
import Testing

@testable import Store

@Suite("Savepoints")
struct SavepointTests {
    @Test("nest: an inner one is undone without the outer one")
    func nesting() async throws {
        let notes = try await Notes.store()
        try await notes.store.write { transaction in
            try transaction.savepoint {
                try Notes.add("outer", in: transaction)
                #expect(throws: Rejection.self) {
                    try transaction.savepoint {
                        try Notes.add("inner", in: transaction)
                        try transaction.savepoint { try Notes.add("innermost", in: transaction) }
                        throw Rejection()
                    }
                }
                try transaction.savepoint { try Notes.add("second", in: transaction) }
            }
        }
        #expect(try await notes.texts == ["outer", "second"])
    }

    @Test("undone outside take the ones inside with them")
    func outerUndone() async throws {
        let notes = try await Notes.store()
        try await notes.store.write { transaction in
            try Notes.add("before", in: transaction)
            #expect(throws: Rejection.self) {
                try transaction.savepoint {
                    try transaction.savepoint { try Notes.add("inner", in: transaction) }
                    throw Rejection()
                }
            }
        }
        #expect(try await notes.texts == ["before"])
    }

    @Test("give back their value")
    func value() async throws {
        let notes = try await Notes.store()
        let key = try await notes.store.write { transaction in
            try transaction.savepoint { try transaction.insert("INSERT INTO note (text) VALUES ('a')") }
        }
        #expect(key == 1)
    }

    @Test("that can't be undone alone take the whole transaction with them, and the caller is told")
    func lostSavepoint() async throws {
        let notes = try await Notes.store()
        await #expect(throws: (any Error).self) {
            try await notes.store.write { transaction in
                try Notes.add("a", in: transaction)
                // The program's own fault, and the only way to lose a savepoint at will.
                try transaction.connection.run("RELEASE part")
                throw Rejection()
            }
        }
        #expect(try await notes.texts.isEmpty)
        try await notes.add("b")
        #expect(try await notes.texts == ["b"])
    }

    @Test("that can't be released are no success")
    func unreleased() async throws {
        let notes = try await Notes.store()
        await #expect(throws: StoreFailure.self) {
            try await notes.store.write { transaction in
                try Notes.add("a", in: transaction)
                try transaction.connection.run("RELEASE part")
            }
        }
        #expect(try await notes.texts.isEmpty)
    }
}
