import Foundation
import Runtime
import Support
import Testing

@testable import Store

@Suite("The audit trail")
struct AuditTrailTests {
    static let child = UUID()

    private func trail(rows: Int = 5) async throws -> Store {
        let store = try await TemporaryStore(migrations: [AuditTrail.migration]).store
        try await store.write { transaction in
            for number in 0..<rows {
                try AuditTrail.append(
                    AuditEntry(
                        at: Timestamp(milliseconds: Int64(number)), caller: "nurse-1", role: "nurse",
                        action: "form.submitted", child: number == 2 ? Self.child : UUID(), subject: "form-\(number)",
                        reason: number == 2 ? "asked for" : ""),
                    in: transaction)
            }
        }
        return store
    }

    private func firstBroken(_ store: Store) async throws -> Int64? {
        try await store.read { try AuditTrail.verify(in: $0).firstBroken }
    }

    @Test("holds when nobody touched it, and tells its length and end")
    func whole() async throws {
        let store = try await trail()
        let (rows, broken) = try await store.read { try AuditTrail.verify(in: $0) }
        #expect(rows == 5)
        #expect(broken == nil)
        #expect(try await store.read { try AuditTrail.head(in: $0).seq } == 5)
        #expect(try await firstBroken(trail(rows: 0)) == nil)
    }

    @Test(
        "shows a changed row",
        arguments: [
            "at = 9", "caller = 'nurse-2'", "role = 'x'", "action = 'x'", "child = x'00'", "child = NULL",
            "subject = 'x'", "reason = 'x'", "erased = 1", "digest = x'00'", "chain = x'00'",
        ])
    func changed(_ change: String) async throws {
        let store = try await trail()
        try await store.write { try $0.connection.run("UPDATE audit SET \(change) WHERE seq = 3") }
        #expect(try await firstBroken(store) == 3)
    }

    @Test("shows a changed row that pretends to have been erased", arguments: ["caller = 'nurse-2'", "action = 'x'"])
    func changedAfterErasing(_ change: String) async throws {
        let store = try await trail()
        try await store.write { transaction in
            try Erasure([AuditTrail.rule]).erase(child: Self.child, in: transaction)
            try transaction.connection.run("UPDATE audit SET \(change) WHERE seq = 3")
        }
        #expect(try await firstBroken(store) == 3)
    }

    @Test("shows a row that was taken out")
    func removed() async throws {
        let store = try await trail()
        try await store.write { try $0.connection.run("DELETE FROM audit WHERE seq = 2") }
        #expect(try await firstBroken(store) == 3)
    }

    @Test("shows a row that was put in")
    func inserted() async throws {
        let store = try await trail()
        try await store.write { transaction in
            try transaction.connection.run("UPDATE audit SET seq = seq + 10 WHERE seq > 2")
            try transaction.connection.run("UPDATE audit SET seq = seq - 9 WHERE seq > 2")
            try transaction.connection.run(
                "INSERT INTO audit SELECT 3, at, caller, role, action, child, subject, reason, erased, digest, chain "
                    + "FROM audit WHERE seq = 2")
        }
        #expect(try await firstBroken(store) == 3)
    }

    @Test("holds after a child was erased, and names the child no more")
    func erased() async throws {
        let store = try await trail()
        let count = try await store.write { try Erasure([AuditTrail.rule]).erase(child: Self.child, in: $0) }
        #expect(count == 1)
        #expect(try await firstBroken(store) == nil)
        let row = try await store.read { scope in
            try scope.first("SELECT child, subject, reason, action FROM audit WHERE seq = 3") { row in
                [row.textIfAny(0) ?? "none", row.text(1), row.text(2), row.text(3)]
            }
        }
        #expect(row == ["none", "", "", "form.submitted"])
    }

    @Test("goes with the transaction of what it tells")
    func together() async throws {
        let store = try await trail(rows: 1)
        await #expect(throws: Rejection.self) {
            try await store.write { transaction in
                try AuditTrail.append(
                    AuditEntry(
                        at: Timestamp(milliseconds: 1), caller: "c", role: "r", action: "a", subject: "s"),
                    in: transaction)
                throw Rejection()
            }
        }
        #expect(try await store.read { try AuditTrail.verify(in: $0).rows } == 1)
    }
}
