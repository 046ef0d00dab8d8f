import Testing

@testable import Kafka

@Suite("Advisory commits")
struct CommitQueueTests {
    private let first = TopicPartition(topic: "t", partition: 0)
    private let second = TopicPartition(topic: "t", partition: 1)

    @Test("go one at a time, and the newest of those that waited goes next")
    func newest() {
        var queue = CommitQueue()
        queue.offer([first: 1], metadata: "a")
        let sent = queue.next()
        #expect(sent == .init(offsets: [first: 1], metadata: "a"))
        queue.offer([first: 2, second: 5], metadata: "b")
        queue.offer([first: 3], metadata: "c")
        let held = queue.next()
        #expect(held == nil)
        queue.answered()
        let next = queue.next()
        #expect(next == .init(offsets: [first: 3, second: 5], metadata: "c"))
        queue.answered()
        let none = queue.next()
        #expect(none == nil)
    }
}
