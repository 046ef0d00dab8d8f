import Foundation
import Support
import Testing

@testable import Store

@Suite("Erasing a child")
struct ErasureTests {
    static let tables = Migration(
        "erasure", 1, "tables",
        sql: """
            CREATE TABLE form (id INTEGER PRIMARY KEY, child BLOB NOT NULL) STRICT;
            CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
            """)
    static let rules: [TableRule] = [
        .notAboutChild("migration", why: "names of steps"),
        .aboutChild("form", delete: "DELETE FROM form WHERE child = ?"),
        .notAboutChild("unit", why: "places"),
        AuditTrail.rule,
    ]

    private func store() async throws -> Store {
        try await TemporaryStore(migrations: [Self.tables, AuditTrail.migration]).store
    }

    @Test("deletes that child's rows and nobody else's")
    func erases() async throws {
        let store = try await store()
        let (child, other) = (UUID(), UUID())
        let erased = try await store.write { transaction in
            for one in [child, other, child] {
                try transaction.execute("INSERT INTO form (child) VALUES (?)", .uuid(one))
            }
            return try Erasure(Self.rules).erase(child: child, in: transaction)
        }
        #expect(erased == 2)
        let left = try await store.read { try $0.all("SELECT child FROM form") { try $0.uuid(0) } }
        #expect(left == [other])
    }

    @Test("has rules that fit the schema")
    func fitting() async throws {
        let store = try await store()
        #expect(try await store.read { try Erasure(Self.rules).faults(in: $0) }.isEmpty)
    }

    @Test(
        "shows a fault when rules and schema part",
        arguments: [
            (Array(rules.dropLast()), "table audit has no rule"),
            (rules + [.notAboutChild("gone", why: "")], "rule for gone, which is no table"),
            (
                [.aboutChild("unit", delete: "DELETE FROM unit WHERE child = ?")] + rules.filter { $0.table != "unit" },
                "table unit is about a child and has no column child"
            ),
            (
                [.aboutChild("form", delete: "DELETE FROM form WHERE id = ?")] + rules.filter { $0.table != "form" },
                "the statement for form deletes something else"
            ),
            (
                [.notAboutChild("form", why: "")] + rules.filter { $0.table != "form" },
                "table form has a column child and a rule that says it hasn't"
            ),
            (
                [.keptForAudit("audit", empty: "UPDATE audit SET subject = '' WHERE child = ?")]
                    + rules.filter { $0.table != "audit" },
                "the statement for audit leaves the child in place"
            ),
        ] as [([TableRule], String)])
    func faults(_ rules: [TableRule], _ fault: String) async throws {
        let store = try await store()
        #expect(try await store.read { try Erasure(rules).faults(in: $0) } == [fault])
    }
}
