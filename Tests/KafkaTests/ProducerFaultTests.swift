import Foundation
import Kafka
import Runtime
import Support
import Testing

@Suite("A producer in trouble", .serialized, .timeLimit(.minutes(3)))
struct ProducerFaultTests {
    private let topic = "faults"
    private let place = TopicPartition(topic: "faults", partition: 0)
    private let cluster: MockCluster

    init() throws { cluster = try MockCluster(topics: ["faults": 1, "beside": 1]) }

    private func numbered(_ range: Range<Int>, keys: Int = 5) -> [OutgoingRecord] {
        range.map { OutgoingRecord(topic, "key-\($0 % keys)", String($0)) }
    }

    /// All values in the log, in its order.
    private func log(_ clients: TestClients, atLeast count: Int) async throws -> [Int] {
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        let end = try await consumer.watermarks(of: place, timeout: .seconds(10)).high
        #expect(end >= Int64(count))
        let values = try await consumer.read(Int(end)).compactMap(\.text).compactMap(Int.init)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
        return values
    }

    @Test("delivers everything in order, once, through a broker that was down for a while")
    func brokerDown() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        #expect(await producer.publish(numbered(0..<100), deadline: .seconds(20)).allSatisfy(\.isPersisted))
        try await cluster.setDown()
        async let results = producer.publish(numbered(100..<1_000), deadline: .seconds(60))
        try await eventually("the client notices") { !producer.contact.isAvailable }
        try await cluster.setUp()
        #expect(await results.allSatisfy(\.isPersisted))
        // What a client knows of its broker comes with its statistics, after the acknowledgements.
        try await eventually("the client notices that the broker is back") {
            await producer.serveEvents()
            return producer.contact.isAvailable
        }
        #expect(try await log(clients, atLeast: 1_000) == Array(0..<1_000))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("gives up at the deadline, says that all is to be sent again, and publishes when the broker is back")
    func deadline() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        try await cluster.setDown()
        let start = ContinuousClock.now
        let results = await producer.publish(numbered(0..<50), deadline: .milliseconds(500))
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(results.count == 50)
        #expect(results.allSatisfy { $0.retried?.disposition == .retry })
        try await cluster.setUp()
        #expect(await producer.publish(numbered(0..<50), deadline: .seconds(30)).allSatisfy(\.isPersisted))
        #expect(try await log(clients, atLeast: 50) == Array(0..<50))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("ends a publish under way when it is closed")
    func closedWhilePublishing() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        try await cluster.setDown()
        async let results = producer.publish(numbered(0..<50), deadline: .seconds(60))
        try await eventually("the client notices") {
            !producer.contact.isAvailable && producer.contact.lastFailure != nil
        }
        let start = ContinuousClock.now
        #expect(await producer.close(deadline: .seconds(5)) == .closed)
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(await results.allSatisfy { $0.retried != nil })
    }

    @Test("repeats what was acknowledged late: the log has records twice, and none is missing")
    func lateAnswer() async throws {
        let clients = TestClients(cluster.bootstrapServers, ["socket.timeout.ms": "1000", "linger.ms": "1"])
        let producer = try clients.producer()
        #expect(await producer.publish(numbered(0..<10), deadline: .seconds(20)).allSatisfy(\.isPersisted))
        try await cluster.answerLate(.produce, after: .seconds(3))
        #expect(await producer.publish(numbered(10..<20), deadline: .seconds(30)).allSatisfy(\.isPersisted))
        let values = try await log(clients, atLeast: 20)
        #expect(Set(values) == Set(0..<20))
        #expect(values.count > 20, "the mock doesn't recognise a repeated batch; a real broker does")
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("is made anew after a fatal error and delivers what it gave back")
    func fatal() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        #expect(await producer.publish(numbered(0..<10), deadline: .seconds(20)).allSatisfy(\.isPersisted))
        await cluster.push([.outOfOrderSequence], to: .produce)
        let results = await producer.publish(numbered(10..<20), deadline: .seconds(20))
        #expect(results.allSatisfy { $0.retried != nil })
        #expect(await producer.publish(numbered(10..<20), deadline: .seconds(20)).allSatisfy(\.isPersisted))
        #expect(try await log(clients, atLeast: 20) == Array(0..<20))
        #expect(clients.metric("kafka_client_rebuilds_total{client=\"producer\"}") == 1)
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test(
        "refuses what it may not write at all, whether it learns that before or while it publishes", arguments: [0, 40])
    func noRight(looksBefore: Int) async throws {
        let clients = TestClients(cluster.bootstrapServers)
        await cluster.push([.clusterAuthorizationFailed], to: .initProducerID)
        let producer = try clients.producer()
        for _ in 0..<looksBefore {
            try await producer.warmUp(topics: [topic], timeout: .seconds(10))
            try await Task.sleep(for: .milliseconds(50))
        }
        let results = await producer.publish(numbered(0..<3), deadline: .seconds(20))
        #expect(results.map { $0.refused?.name } == Array(repeating: "CLUSTER_AUTHORIZATION_FAILED", count: 3))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("refuses what is too large for the client, holds back what follows in its topic, and nothing else")
    func tooLargeForClient() async throws {
        let clients = TestClients(cluster.bootstrapServers, ["message.max.bytes": "2000"])
        let producer = try clients.producer()
        let large = OutgoingRecord(topic: topic, key: Array("k".utf8), value: Array(repeating: 1, count: 5_000))
        let records = [numbered(0..<1)[0], large, numbered(1..<2)[0], OutgoingRecord("beside", "k", "v")]
        let results = await producer.publish(records, deadline: .seconds(20))
        #expect(results[0].isPersisted)
        #expect(results[1].refused?.code == .messageTooLarge)
        #expect(results[2].retried?.code == .messageTooLarge)
        #expect(results[3].isPersisted)
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("refuses what the broker refuses", arguments: [MockCluster.Fault.messageTooLarge, .topicAuthorizationFailed])
    func refusedByBroker(fault: MockCluster.Fault) async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        #expect(await producer.publish(numbered(0..<1), deadline: .seconds(20)).allSatisfy(\.isPersisted))
        await cluster.push([fault], to: .produce)
        let results = await producer.publish(numbered(1..<4), deadline: .seconds(20))
        #expect(results.allSatisfy { $0.refused?.disposition == .refuse })
        // A refused right is remembered until the client asks for the topic again.
        try await producer.warmUp(topics: [topic], timeout: .seconds(10))
        #expect(await producer.publish(numbered(1..<4), deadline: .seconds(20)).allSatisfy(\.isPersisted))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("retries by itself what passes, and nothing stands twice")
    func passing() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        await cluster.push([.notLeader, .disconnect, .notLeader], to: .produce)
        #expect(await producer.publish(numbered(0..<200), deadline: .seconds(30)).allSatisfy(\.isPersisted))
        #expect(try await log(clients, atLeast: 200) == Array(0..<200))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("goes on when its queue is full")
    func queueFull() async throws {
        let clients = TestClients(cluster.bootstrapServers, ["queue.buffering.max.messages": "10"])
        let producer = try clients.producer()
        #expect(await producer.publish(numbered(0..<500), deadline: .seconds(30)).allSatisfy(\.isPersisted))
        #expect(try await log(clients, atLeast: 500) == Array(0..<500))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("names the topic that the broker doesn't know when it warms up")
    func unknownTopic() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        let producer = try clients.producer()
        #expect(
            try await producer.warmUp(topics: [topic, "beside"], timeout: .seconds(10)) == [topic: 1, "beside": 1])
        await cluster.setError(.unknownTopic, ofTopic: "absent")
        let failure = try await #require(throws: KafkaFailure.self) {
            _ = try await producer.warmUp(topics: ["absent"], timeout: .seconds(2))
        }
        #expect(failure.code == .unknownTopicOrPartition)
        #expect(failure.reason.contains("absent"))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }
}
