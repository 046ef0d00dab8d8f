import Foundation
import Runtime
import Support
import Testing

@testable import Store

@Suite("Numbers of rows that a store keeps")
struct TallyTests {
    private static let migration = Migration(
        "tallied", 1, "notes that are tallied",
        sql: Tallies.schema
            + "INSERT INTO tally VALUES ('note', '', 0);"
            + "CREATE TABLE note (id INTEGER PRIMARY KEY, child BLOB NOT NULL, kind TEXT NOT NULL) STRICT;")
    private static let rules: [TableRule] = [
        .notAboutChild("migration", why: "names of steps"),
        .aboutChild(
            "note", delete: "DELETE FROM note WHERE child = ?",
            tally: ("note", "SELECT kind, count(*) FROM note WHERE child = ? GROUP BY kind")),
        Tallies.rule,
    ]
    private let anna = UUID()
    private let bo = UUID()

    private static func add(_ kind: String, of child: UUID, in transaction: Transaction) throws {
        try transaction.execute("INSERT INTO note (child, kind) VALUES (?, ?)", .uuid(child), .text(kind))
        transaction.tally("note", kind, by: 1)
    }

    /// Adds an a and a c; another a and a b are undone.
    private static func addPartly(of child: UUID, in transaction: Transaction) throws {
        try add("a", of: child, in: transaction)
        do {
            try transaction.savepoint {
                try add("a", of: child, in: transaction)
                try transaction.savepoint { try add("b", of: child, in: transaction) }
                throw Rejection()
            }
        } catch is Rejection {}
        try transaction.savepoint { try add("c", of: child, in: transaction) }
    }

    /// The numbers kept, which must be those of the rows.
    private func tallies(_ store: Store) async throws -> [String: Int] {
        let (kept, rows) = try await store.read { scope in
            (
                try scope.tallies(of: "note").map { ($0.name, $0.rows) },
                try scope.all("SELECT kind, count(*) FROM note GROUP BY kind ORDER BY kind") { ($0.text(0), $0.int(1)) }
            )
        }
        #expect(kept.elementsEqual(rows) { $0 == $1 })
        return Dictionary(kept) { first, _ in first }
    }

    @Test("follow the rows through savepoints that are undone and writes that fail, alone and beside others")
    func undone() async throws {
        let store = try await TemporaryStore(migrations: [Self.migration]).store
        let anna = self.anna
        try await store.write { try Self.addPartly(of: anna, in: $0) }
        #expect(try await tallies(store) == ["a": 1, "c": 1])
        await #expect(throws: Rejection.self) {
            try await store.write { transaction in
                try Self.add("a", of: anna, in: transaction)
                throw Rejection()
            }
        }
        #expect(try await tallies(store) == ["a": 1, "c": 1])
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    do {
                        try await store.write { transaction in
                            try Self.add("d", of: anna, in: transaction)
                            if number.isMultiple(of: 2) { throw Rejection() }
                        }
                    } catch {
                        #expect(error is Rejection)
                    }
                }
            }
        }
        #expect(try await tallies(store) == ["a": 1, "c": 1, "d": 20])
    }

    @Test("go down by a child's rows when it is erased")
    func erased() async throws {
        let store = try await TemporaryStore(migrations: [Self.migration]).store
        let (anna, bo) = (self.anna, self.bo)
        try await store.write { transaction in
            for (kind, child) in [("a", anna), ("a", bo), ("b", anna), ("b", anna), ("c", bo)] {
                try Self.add(kind, of: child, in: transaction)
            }
        }
        try await store.write { transaction in _ = try Erasure(Self.rules).erase(child: anna, in: transaction) }
        #expect(try await tallies(store) == ["a": 1, "c": 1])
        #expect(try await store.read { try $0.tally("note", "b") } == 0)
        #expect(try await store.read { try Erasure(Self.rules).faults(in: $0) }.isEmpty)
    }

    @Test("are missed by no rule: a tallied table whose rule leaves them as they are is a fault, also while empty")
    func rules() async throws {
        let store = try await TemporaryStore(migrations: [Self.migration]).store
        let delete: StaticString = "DELETE FROM note WHERE child = ?"
        let others = Self.rules.filter { $0.table != "note" }
        func faults(_ rule: TableRule) async throws -> [String] {
            try await store.read { try Erasure(others + [rule]).faults(in: $0) }
        }
        #expect(
            try await faults(.aboutChild("note", delete: delete))
                == ["table note is tallied and its rule doesn't say which rows go"])
        #expect(
            try await faults(.aboutChild("note", delete: delete, tally: ("other", "SELECT 'a', 1 WHERE ? = 1")))
                == ["the rule for note counts rows of other"])
    }
}
