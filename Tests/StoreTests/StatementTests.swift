import Support
import Testing

@testable import Store

@Suite("Statements")
struct StatementTests {
    @Test("are prepared once")
    func cached() async throws {
        let notes = try await Notes.store()
        try await notes.store.write { transaction in
            try Notes.add("first", in: transaction)
            let count = transaction.connection.statements.count
            for number in 0..<100 { try Notes.add("\(number)", in: transaction) }
            #expect(transaction.connection.statements.count == count)
        }
    }

    @Test("may be used again while their rows are walked through")
    func nested() async throws {
        let notes = try await Notes.store()
        try await notes.add("a", "b", "c")
        let pairs = try await notes.store.read { scope in
            try Self.texts(scope, depth: 2)
        }
        #expect(pairs == ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"])
    }

    private static func texts(_ scope: ReadScope, depth: Int) throws -> [String] {
        guard depth > 0 else { return [""] }
        var found: [String] = []
        try scope.forEach("SELECT text FROM note WHERE id > ? ORDER BY id", .int(0)) { row in
            let text = row.text(0)
            found += try Self.texts(scope, depth: depth - 1).map { text + $0 }
            return true
        }
        return found
    }

    @Test("keep their own values while others run inside their rows, also when those fill the room for values")
    func nestedValues() async throws {
        let notes = try await Notes.store()
        try await notes.add("a", "b", "c")
        let long = String(repeating: "x", count: BindingRoom.bytesMax - 1_000)
        let seen = try await notes.store.read { scope in
            var seen: [String] = []
            // SQLite looks at the outer values again for each row.
            let rows: StaticString = "SELECT text || ?1 FROM note WHERE text <> ?2 ORDER BY id"
            try scope.forEach(rows, .text("!"), .text("b")) { row in
                for length in [3, 900, long.utf8.count, 2 * long.utf8.count] {
                    let value = String(repeating: "y", count: length)
                    let found = try scope.first("SELECT ?1 || ?2", .text(value), .blob([0x7A])) { $0.text(0) }
                    #expect(found == value + "z")
                }
                seen.append(row.text(0))
                return true
            }
            return seen
        }
        #expect(seen == ["a!", "c!"])
    }

    @Test("give the room for their values back, also when they fail")
    func room() async throws {
        let notes = try await Notes.store()
        let long = String(repeating: "x", count: BindingRoom.bytesMax / 2 + 1)
        try await notes.store.write { transaction in
            for number in 0..<3 {
                try transaction.execute("INSERT INTO note (text) VALUES (?)", .text(long + "\(number)"))
                #expect(throws: StoreFailure.self) {
                    try transaction.execute("INSERT INTO note (text) VALUES (?)", .text(long + "\(number)"))
                }
                #expect(transaction.connection.bindings.used == 0)
            }
        }
        let texts = try await notes.store.read { try Notes.texts($0) }
        #expect(texts == (0..<3).map { long + "\($0)" })
    }

    @Test("are free again when their closure throws")
    func thrown() async throws {
        let notes = try await Notes.store()
        try await notes.add("a", "b")
        try await notes.store.read { (scope: ReadScope) throws -> Void in
            for _ in 0..<3 {
                #expect(throws: Rejection.self) {
                    try scope.first("SELECT text FROM note") { _ in throw Rejection() }
                }
            }
            #expect(try Notes.texts(scope) == ["a", "b"])
        }
    }

    @Test("with too few or too many values are refused, not filled up with NULL")
    func valueCount() async throws {
        let notes = try await Notes.store()
        try await notes.store.read { scope in
            #expect(throws: StoreFailure.self) { try scope.count("SELECT count(*) FROM note WHERE text = ?") }
            #expect(throws: StoreFailure.self) { try scope.count("SELECT count(*) FROM note", .int(1)) }
        }
    }

    @Test("come one at a time: a second one in the text is refused, not passed over")
    func several() async throws {
        let notes = try await Notes.store()
        await #expect(throws: StoreFailure.self) {
            try await notes.store.write { transaction in
                try transaction.execute("INSERT INTO note (text) VALUES ('a'); DELETE FROM note")
            }
        }
        #expect(try await notes.texts.isEmpty)
    }

    @Test("with a double-quoted word that is no column are refused, not read as text")
    func doubleQuotes() async throws {
        let notes = try await Notes.store()
        try await notes.add("a")
        await #expect(throws: StoreFailure.self) {
            try await notes.store.read { try $0.count("SELECT count(*) FROM note WHERE \"txet\" = 'txet'") }
        }
    }

    @Test("obey foreign keys")
    func foreignKeys() async throws {
        let store = try await TemporaryStore(migrations: [
            Migration(
                "keys", 1, "parents and children",
                sql: """
                    CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
                    CREATE TABLE kin (id INTEGER PRIMARY KEY REFERENCES parent) STRICT;
                    """)
        ]).store
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.write { try $0.execute("INSERT INTO kin (id) VALUES (7)") }
        }
        #expect(failure?.decision == .refuse)
    }

    @Test("leave values out of their failures")
    func silentFailures() async throws {
        let notes = try await Notes.store()
        try await notes.add("Planterad Person")
        let failure = await #expect(throws: StoreFailure.self) { try await notes.add("Planterad Person") }
        #expect(failure?.description.contains("Planterad") == false)
        #expect(failure?.description.contains("INSERT INTO note") == true)
    }
}
