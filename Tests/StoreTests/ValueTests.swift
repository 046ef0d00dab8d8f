import Foundation
import Runtime
import Support
import Testing

@testable import Store

@Suite("Values")
struct ValueTests {
    static let table = Migration("values", 1, "anything", sql: "CREATE TABLE v (x ANY) STRICT")

    private func roundTrip<T: Sendable>(
        _ value: SQLValue, _ read: @escaping @Sendable (Row) throws -> T
    ) async throws -> T {
        let store = try await TemporaryStore(migrations: [Self.table]).store
        return try #require(
            try await store.write { transaction in
                try transaction.execute("INSERT INTO v (x) VALUES (?)", value)
                return try transaction.first("SELECT x FROM v", read: read)
            })
    }

    @Test(
        "of text come back whole",
        arguments: ["", "a", "Östersund", "a\u{0}b", "👶🏽", String(repeating: "å", count: 9_000)])
    func text(_ text: String) async throws {
        #expect(try await roundTrip(.text(text)) { $0.textIfAny(0) } == text)
    }

    @Test("of bytes come back whole", arguments: [[], [0], [0, 255, 0], [UInt8](repeating: 7, count: 70_000)])
    func bytes(_ bytes: [UInt8]) async throws {
        #expect(try await roundTrip(.blob(bytes)) { $0.blobIfAny(0) } == bytes)
    }

    @Test("of numbers come back whole", arguments: [Int64.min, -1, 0, 1, Int64.max])
    func integer(_ number: Int64) async throws {
        #expect(try await roundTrip(.integer(number)) { $0.integer(0) } == number)
    }

    @Test("of identifiers take 16 bytes and come back")
    func uuid() async throws {
        let uuid = UUID()
        #expect(try await roundTrip(.uuid(uuid)) { try $0.uuid(0) } == uuid)
        #expect(try await roundTrip(.uuid(uuid)) { $0.blob(0) } == uuid.bytes)
    }

    @Test("of identifiers that aren't 16 bytes are told as damage")
    func noUUID() async throws {
        await #expect(throws: StoreFailure.self) { try await roundTrip(.blob([1, 2, 3])) { try $0.uuid(0) } }
    }

    @Test("of time, truth and fractions come back")
    func others() async throws {
        let time = try #require(Timestamp(rfc3339: "2026-11-24T08:00:00.123Z"))
        #expect(try await roundTrip(.time(time)) { $0.time(0) } == time)
        #expect(try await roundTrip(.bool(true)) { $0.bool(0) })
        #expect(try await roundTrip(.bool(false)) { $0.bool(0) } == false)
        #expect(try await roundTrip(.real(0.1)) { $0.real(0) } == 0.1)
    }

    @Test("that are missing are NULL, which is neither empty nor 0")
    func null() async throws {
        let none: String? = nil
        #expect(try await roundTrip(.maybe(none)) { $0.isNull(0) })
        #expect(try await roundTrip(.null) { $0.textIfAny(0) ?? "none" } == "none")
        #expect(try await roundTrip(.null) { $0.blobIfAny(0) == nil && $0.intIfAny(0) == nil })
        #expect(try await roundTrip(.null) { $0.timeIfAny(0) == nil })
        #expect(try await roundTrip(.null) { try $0.uuidIfAny(0) == nil })
        #expect(try await roundTrip(.text("")) { $0.isNull(0) } == false)
        #expect(try await roundTrip(.blob([])) { $0.isNull(0) } == false)
    }
}
