import Support
import Testing

@testable import Store

@Suite("Reads")
struct ReadingTests {
    @Test("see one view from beginning to end, beside a writer")
    func consistent() async throws {
        let notes = try await Notes.store()
        try await notes.add("first")
        let begun = Gate()
        let written = Gate()
        async let counts = notes.store.read { scope in
            let before = try Notes.texts(scope)
            begun.open()
            written.pass()
            return (before, try Notes.texts(scope))
        }
        // The gate holds a thread; the task that waits for it is on the writer's.
        try await notes.store.write { transaction in
            begun.pass()
            try Notes.add("second", in: transaction)
        }
        written.open()
        let (before, after) = try await counts
        #expect(before == ["first"])
        #expect(after == ["first"])
        #expect(try await notes.texts == ["first", "second"])
    }

    @Test("see every write that had returned")
    func ownWrites() async throws {
        let notes = try await Notes.store()
        for number in 0..<50 {
            try await notes.add("\(number)")
            #expect(try await notes.texts.count == number + 1)
        }
    }

    @Test("don't wait for one that takes long, while a reader is free")
    func beside() async throws {
        let notes = try await Notes.store()
        let gate = Gate()
        async let slow: Void = notes.store.read { _ in gate.pass() }
        #expect(try await notes.texts.isEmpty)
        gate.open()
        try await slow
    }

    @Test("can't write")
    func noWriting() async throws {
        let notes = try await Notes.store()
        await #expect(throws: StoreFailure.self) {
            try await notes.store.read { try Notes.add("a", in: Transaction($0.connection)) }
        }
        #expect(try await notes.texts.isEmpty)
    }

    @Test("and writes hand on what their closures throw")
    func errors() async throws {
        let notes = try await Notes.store()
        await #expect(throws: Rejection()) { try await notes.store.read { _ in throw Rejection() } }
        await #expect(throws: Rejection()) { try await notes.store.write { _ in throw Rejection() } }
        #expect(notes.failures.isEmpty)
    }
}
