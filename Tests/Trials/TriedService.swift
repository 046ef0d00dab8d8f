public import Events
internal import Foundation
public import Kafka
public import Support

/// A service between a broker and an operator, with what it takes to let it work: the same questions are put to all
/// five (`LogTrial`).
public struct TriedService: Sendable {
    let process: ServiceProcessUnderTest
    let broker: TestBroker
    let name: ServiceName
    /// The topic that something happens to. Both batches have records on it.
    let topic: Topic
    /// Two batches of records that the service applies; the second has more than the first.
    let batches: [[OutgoingRecord]]
    /// Events that are said or not, depending on which topic was read first.
    let incidental: Set<EventType>
    /// Counts of what a store alone remembers: one of yesterday can't know it.
    let remembered: Set<String>
    /// What people do over HTTP after the first batch.
    let people: (@Sendable () async throws -> Void)?
    /// Whether the service has done everything that follows from so many batches, by its counts.
    let isDone: @Sendable (_ batches: Int, _ counts: [String: Int]) -> Bool

    /// - Parameters:
    ///   - topic: child-keyed, and read by the service.
    ///   - isDone: beside the records themselves, which are always waited for.
    public init(
        _ process: ServiceProcessUnderTest, _ name: ServiceName, on broker: TestBroker, topic: Topic,
        batches: [[OutgoingRecord]], incidental: Set<EventType> = [], remembered: Set<String> = [],
        people: (@Sendable () async throws -> Void)? = nil,
        isDone: @escaping @Sendable (Int, [String: Int]) -> Bool
    ) {
        (self.process, self.name, self.broker, self.topic) = (process, name, broker, topic)
        (self.batches, self.incidental, self.remembered) = (batches, incidental, remembered)
        (self.people, self.isDone) = (people, isDone)
    }

    var topicName: String { topic.name(prefix: broker.prefix) }

    func publish(batch: Int) async throws { try await broker.publish(batches[batch]) }

    /// Starts, waits until everything of the first batches is done, and stops gracefully: then all is published.
    func work(throughBatches count: Int, _ more: [String: String] = [:]) async throws -> State {
        let expected = batches.prefix(count).joined().count
        if !process.isRunning { try process.start(more) }
        try await process.counts { $0["inbox.records"] == expected && isDone(count, $0) }
        return try await stopped()
    }

    /// The first batch, and what people do.
    @discardableResult
    func workFirst() async throws -> State {
        try await publish(batch: 0)
        try process.start()
        try await process.counts { $0["inbox.records"] == batches[0].count && isDone(1, $0) }
        try await people?()
        return try await stopped()
    }

    private func stopped() async throws -> State {
        let counts = try await process.counts()
        try await stop()
        let passing = remembered.union(incidental.map { "said.\($0.name)" }).union(["outbox.events"])
        return State(
            events: counts["outbox.events", default: 0], facts: counts.filter { !passing.contains($0.key) })
    }

    /// What a service has come to.
    struct State {
        /// How many events stand in its journal.
        let events: Int
        /// What it counts, whichever topic it read first.
        let facts: [String: Int]
    }

    func stop() async throws {
        process.signal(SIGTERM)
        guard try await process.ending() == .exited(0) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not drain: \(process.log.suffix(5))")
        }
    }

    /// What the service has said, by event id: no more and no less than its journal holds.
    func said(_ state: State, on broker: TestBroker) async throws -> [String: [UInt8]] {
        let topics = Catalogue.topicsWritten(by: name).map(\.topic)
        let records = try await broker.records(on: topics) { TopicTraffic.byID($0).count >= state.events }
        let distinct = TopicTraffic.byID(records).count
        guard distinct == state.events else {
            throw ServiceProcessUnderTest.Trouble(
                description: "\(distinct) events on its topics, \(state.events) in its journal")
        }
        let passing = Set(incidental.map(\.ceType))
        return TopicTraffic.byID(
            records.filter { record in
                let type = record.headers.first { $0.name == "ce_type" }?.value ?? []
                return !passing.contains(String(decoding: type, as: UTF8.self))
            })
    }

    /// Starts a process, which must refuse to read, and gives the line in which it says why.
    func refusal(of process: ServiceProcessUnderTest, _ more: [String: String] = [:]) async throws -> String {
        if !process.isRunning { try process.start(more) }
        guard try await process.ending() == .exited(65) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not refuse: \(process.log.suffix(5))")
        }
        let lines = process.log.filter { $0.contains("the log is not the store's own") }
        guard lines.count == 1 else {
            throw ServiceProcessUnderTest.Trouble(description: "not one line but \(lines)")
        }
        return lines[0]
    }
}
