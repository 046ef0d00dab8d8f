import Support
import Testing

@testable import Store

@Suite("Migrations")
struct MigrationTests {
    static let first = Migration("part", 1, "a", sql: "CREATE TABLE a (x INTEGER) STRICT")
    static let second = Migration("part", 2, "b", sql: "CREATE TABLE b (x INTEGER) STRICT")
    static let narrowing = Migration("part", 2, "b", readableFrom: 2, sql: "CREATE TABLE b (x INTEGER) STRICT")

    private func tables(_ store: TemporaryStore) async throws -> [String] {
        try await store.store.read { try $0.tableNames() }
    }

    @Test("are applied once, in order, and counted in user_version")
    func applied() async throws {
        let old = try await TemporaryStore(migrations: [Self.first])
        #expect(try await tables(old) == ["a", "migration"])
        let new = try await old.reopened(migrations: [Self.first, Self.second])
        #expect(try await tables(new) == ["a", "b", "migration"])
        #expect(try await new.store.read { try $0.count("PRAGMA user_version") } == 2)
        #expect(try await tables(new.reopened()) == ["a", "b", "migration"])
    }

    @Test("never change once applied: a changed text is refused")
    func changed() async throws {
        let store = try await TemporaryStore(migrations: [Self.first])
        let changed = Migration("part", 1, "a", sql: "CREATE TABLE a (x TEXT) STRICT")
        await #expect(throws: MigrationFault.self) { try await store.reopened(migrations: [changed]) }
    }

    @Test("that only widened let the release before run on the store")
    func widened() async throws {
        let new = try await TemporaryStore(migrations: [Self.first, Self.second])
        let old = try await new.reopened(migrations: [Self.first])
        #expect(try await tables(old) == ["a", "b", "migration"])
        #expect(try await old.store.read { try $0.count("PRAGMA user_version") } == 2)
    }

    @Test("that narrowed keep the release before away, and leave the store as it was")
    func narrowed() async throws {
        let new = try await TemporaryStore(migrations: [Self.first, Self.narrowing])
        let fault = await #expect(throws: MigrationFault.self) { try await new.reopened(migrations: [Self.first]) }
        #expect(fault?.description.contains("needs a program that knows its step 2") == true)
        #expect(try await tables(new.reopened()) == ["a", "b", "migration"])
    }

    @Test("of a part the program doesn't know keep it away: it is another service's store")
    func foreign() async throws {
        let store = try await TemporaryStore(migrations: [Self.first])
        await #expect(throws: MigrationFault.self) { try await store.reopened(migrations: [Notes.migration]) }
    }

    @Test("of a new part let the release before run when they say so")
    func newPart() async throws {
        let optional = Migration("more", 1, "c", readableFrom: 0, sql: "CREATE TABLE c (x INTEGER) STRICT")
        let store = try await TemporaryStore(migrations: [Self.first, optional])
        #expect(try await tables(store.reopened(migrations: [Self.first])) == ["a", "c", "migration"])
    }

    @Test("leave nothing when one of them fails")
    func failing() async throws {
        let store = try await TemporaryStore(migrations: [Self.first])
        let failing = Migration(
            "part", 2, "half", sql: "CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT")
        await #expect(throws: StoreFailure.self) { try await store.reopened(migrations: [Self.first, failing]) }
        let again = try await store.reopened()
        #expect(try await tables(again) == ["a", "migration"])
        #expect(try await again.store.read { try $0.count("SELECT count(*) FROM migration") } == 1)
    }

    @Test("out of their order in the program are refused", arguments: [[second], [first, first], [second, first]])
    func disorder(_ migrations: [Migration]) async throws {
        await #expect(throws: MigrationFault.self) { try await TemporaryStore(migrations: migrations) }
    }

    @Test("can't end the transaction that all of them share")
    func ending() async throws {
        let ending = Migration("part", 1, "a", sql: "CREATE TABLE a (x INTEGER) STRICT; COMMIT")
        await #expect(throws: MigrationFault.self) { try await TemporaryStore(migrations: [ending]) }
    }
}
