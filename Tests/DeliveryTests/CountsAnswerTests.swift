import Foundation
import Support
import Synchronization
import Testing

@testable import Delivery
@testable import Store

@Suite("The answer to who asks for counts", .timeLimit(.minutes(1)))
struct CountsAnswerTests {
    /// A reading that a test holds up, and how often it was done.
    private final class Reading: Sendable {
        let gate = Gate()
        private let number = Atomic(0)

        var count: Int { number.load(ordering: .acquiring) }

        func read() -> [Count] {
            let (_, number) = number.add(1, ordering: .acquiringAndReleasing)
            gate.pass()
            return [Count("readings", number)]
        }
    }

    @Test("is one reading for all who ask while it is made, and its age is counted from its beginning")
    func oneReading() async throws {
        let store = try await TemporaryStore(migrations: []).store
        let reading = Reading()
        let answer = CountsAnswer(store: store) { _ in reading.read() }
        let values = try await withThrowingTaskGroup(of: (Int, Duration).self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let (counts, age) = try await answer.counts()
                    return (counts[0].value, age)
                }
            }
            try await waitUntil { answer.waitingCount == 19 }
            reading.gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values.map(\.0) == Array(repeating: 1, count: 20))
        #expect(values.allSatisfy { $0.1 > .zero })
        #expect(reading.count == 1)
    }

    @Test("stands after a reading that kept a reader long without computing, and is read anew after a cheap one")
    func stands() async throws {
        let store = try await TemporaryStore(migrations: []).store
        let (slow, cheap) = (Reading(), Reading())
        let dear = CountsAnswer(store: store) { _ in
            usleep(200_000)
            return slow.read()
        }
        let free = CountsAnswer(store: store) { _ in cheap.read() }
        for gate in [slow.gate, cheap.gate] { for _ in 0..<3 { gate.open() } }
        for _ in 0..<3 { _ = try await dear.counts() }
        for _ in 0..<3 { _ = try await free.counts() }
        #expect(slow.count == 1)
        #expect(cheap.count > 1, "a machine that stalls for 50 ms may let one stand")
    }

    @Test("is the failure, for all who waited, and the next asker reads again")
    func failure() async throws {
        struct Failure: Error {}
        let store = try await TemporaryStore(migrations: []).store
        let reading = Reading()
        let answer = CountsAnswer(store: store) { _ in
            let counts = reading.read()
            if reading.count == 1 { throw Failure() }
            return counts
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 {
                group.addTask { await #expect(throws: Failure.self) { _ = try await answer.counts() } }
            }
            await #expect(throws: Never.self) { try await waitUntil { answer.waitingCount == 4 } }
            reading.gate.open()
        }
        reading.gate.open()
        #expect(try await answer.counts().counts[0].value == 2)
    }
}
