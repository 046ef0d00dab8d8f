import Foundation
import Support
import Testing

@testable import Store

@Suite("Damage")
struct DamageTests {
    static let corrupt = StoreFailure(code: 11, doing: "reading a page")

    @Test("found by a writer is told once, undoes what shared the transaction, and ends all writing")
    func writing() async throws {
        let notes = try await Notes.store()
        try await notes.add("whole")
        let failures = try await notes.heldBack(count: 3) { store in
            await withTaskGroup(of: StoreFailure?.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        do {
                            try await store.write { transaction in
                                try Notes.add("\(number)", in: transaction)
                                if number == 1 { throw Self.corrupt }
                            }
                            return nil
                        } catch {
                            return error as? StoreFailure
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(failures.map(\.?.decision) == [.fatal, .fatal, .fatal])
        let late = await #expect(throws: StoreFailure.self) { try await notes.add("late") }
        #expect(late?.code == Self.corrupt.code)
        #expect(notes.failures.map(\.code) == [Self.corrupt.code])
        #expect(try await notes.texts == ["whole"])
        await notes.store.close()
    }

    @Test("in the file is told by the read that meets it")
    func reading() async throws {
        let notes = try await Notes.store()
        try await notes.store.write { transaction in
            let filling = String(repeating: "x", count: 100)
            for number in 0..<2_000 { try Notes.add("\(number) \(filling)", in: transaction) }
        }
        await notes.store.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: notes.store.directory.databasePath))
        let length = try file.seekToEnd()
        try file.seek(toOffset: 8 * 4096)
        try file.write(contentsOf: Data(repeating: 0x5A, count: Int(length) - 8 * 4096))
        try file.close()
        let damaged = try await notes.reopened()
        let failure = await #expect(throws: StoreFailure.self) { try await damaged.texts }
        #expect(failure?.decision == .fatal)
        #expect(damaged.failures.count == 1)
    }

    @Test("that is only the program's own fault ends nothing")
    func programFault() async throws {
        let notes = try await Notes.store()
        let failure = await #expect(throws: StoreFailure.self) {
            try await notes.store.write { try $0.execute("DELETE FROM nowhere") }
        }
        #expect(failure?.decision == .fatal)
        #expect(notes.failures.isEmpty)
        try await notes.add("a")
        #expect(try await notes.texts == ["a"])
    }
}
