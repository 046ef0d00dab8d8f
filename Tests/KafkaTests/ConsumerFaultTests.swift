import Foundation
import Kafka
import Runtime
import Support
import Testing

@Suite("A consumer in trouble", .serialized, .timeLimit(.minutes(3)))
struct ConsumerFaultTests {
    private let topic = "faults"
    private let place = TopicPartition(topic: "faults", partition: 0)
    private let cluster: MockCluster

    init() throws { cluster = try MockCluster(topics: ["faults": 1]) }

    private func publish(_ range: Range<Int>, _ clients: TestClients) async throws {
        let producer = try clients.producer()
        let records = range.map { OutgoingRecord(topic, "k", String($0)) }
        #expect(await producer.publish(records, deadline: .seconds(30)).allSatisfy(\.isPersisted))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("reads on where it was when the broker is back, and says meanwhile that it is away")
    func brokerDown() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<10, clients)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        #expect(try await consumer.read(10).count == 10)
        #expect(consumer.contact.isAvailable)
        try await cluster.setDown()
        try await eventually("the loss is noticed") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return !consumer.contact.isAvailable
        }
        #expect(clients.metric("kafka_client_broker_available{client=\"consumer\"}") == 0)
        try await cluster.setUp()
        try await publish(10..<20, clients)
        #expect(try await consumer.read(10).compactMap(\.text) == (10..<20).map(String.init))
        // Another connection's loss may be told after the records have come.
        try await eventually("the contact is noticed") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return consumer.contact.isAvailable
        }
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("tells of a partition that fails once, and reads the others on")
    func onePartitionFails() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<10, clients)
        try await cluster.createTopic("beside", partitions: 1)
        let beside = TopicPartition(topic: "beside", partition: 0)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0, beside: 1_000])
        var records: [ConsumedRecord] = []
        var failures: [KafkaFailure] = []
        try await eventually("ten records and a failure") {
            do {
                records += try await consumer.poll(recordsMax: 3, bytesMax: 100, bytesMin: 0, linger: .zero)
            } catch let failure as KafkaFailure {
                failures.append(failure)
            }
            return records.count == 10 && !failures.isEmpty
        }
        #expect(failures.map(\.code) == [.offsetOutsideLog])
        #expect(failures.first?.place == beside)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("stops within its bounds: records, bytes and the linger")
    func bounds() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<100, clients)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        _ = try await consumer.read(1)
        try await eventually("all is fetched") {
            try await consumer.ends(timeout: .seconds(5)) == [place: 100]
        }
        try await consumer.assign([place: 0])
        var sizes: [Int] = []
        var read = 0
        while read < 100 {
            let batch = try await consumer.poll(
                recordsMax: 7, bytesMax: 1_000, bytesMin: 1_000, linger: .milliseconds(5))
            read += batch.count
            if !batch.isEmpty { sizes.append(batch.count) }
        }
        #expect(sizes.allSatisfy { $0 <= 7 })
        try await consumer.assign([place: 0])
        let batch = try await consumer.poll(recordsMax: 100, bytesMax: 10, bytesMin: 1, linger: .milliseconds(50))
        #expect(batch.reduce(0) { $0 + $1.bytes } <= 10 + 3)
        let start = ContinuousClock.now
        try await consumer.assign([:])
        #expect(try await consumer.poll(recordsMax: 1, bytesMax: 1, bytesMin: 1, linger: .seconds(60)).isEmpty)
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("counts a commit that the broker did not take, and nothing else happens")
    func commitRefused() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<1, clients)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        _ = try await consumer.read(1)
        await cluster.push(Array(repeating: .topicAuthorizationFailed, count: 5), to: .offsetCommit)
        await consumer.commit([place: 1], metadata: "m")
        try await eventually("the failure is counted") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return clients.metric("kafka_client_commit_failures_total{client=\"consumer\"}") == 1
        }
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("shows lag from the next offsets that it was told")
    func lag() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<10, clients)
        let consumer = try clients.consumer(group: "scoring")
        try await consumer.assign([place: 0])
        #expect(try await consumer.read(10).count == 10)
        let name = "kafka_consumergroup_lag{consumergroup=\"scoring\",partition=\"0\",topic=\"faults\"}"
        try await eventually("nothing is applied yet: lag 10") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return clients.metric(name) == 10
        }
        await consumer.setNextOffsets([place: 7])
        try await eventually("seven are applied: lag 3") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return clients.metric(name) == 3
        }
        #expect(clients.metric("kafka_client_unreadable_statistics_total{client=\"consumer\"}") == 0)
        #expect(clients.metric("kafka_client_unknown_events_total{client=\"consumer\"}") == 0)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("is closed as soon as a commit is given up that the broker doesn't answer")
    func closingWithoutAnswer() async throws {
        let clients = TestClients(cluster.bootstrapServers, ["socket.timeout.ms": "1000"])
        try await publish(0..<10, clients)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        _ = try await consumer.read(10)
        try await cluster.answerLate(.offsetCommit, after: .seconds(30))
        await consumer.commit([place: 10], metadata: "m")
        let start = ContinuousClock.now
        #expect(await consumer.close(deadline: .seconds(10)) == .closed)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("is closed at once while the broker is away, and a commit offered meanwhile is not sent")
    func closingWithoutBroker() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<10, clients)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        _ = try await consumer.read(10)
        try await cluster.setDown()
        try await eventually("the loss is noticed") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return !consumer.contact.isAvailable
        }
        await consumer.commit([place: 10], metadata: "m")
        let start = ContinuousClock.now
        #expect(await consumer.close(deadline: .seconds(10)) == .closed)
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test("says when it could not be closed in time, and doesn't keep its caller")
    func closingTooSlow() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<10, clients)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 0])
        _ = try await consumer.read(10)
        try await cluster.answerLate(.offsetCommit, after: .seconds(3))
        await consumer.commit([place: 10], metadata: "m")
        _ = try await consumer.poll(recordsMax: 1, bytesMax: 1, bytesMin: 0, linger: .zero)
        let start = ContinuousClock.now
        #expect(await consumer.close(deadline: .milliseconds(500)) == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test("takes its client along when it is forgotten instead of closed")
    func forgotten() async throws {
        let clients = TestClients(cluster.bootstrapServers)
        try await publish(0..<10, clients)
        weak var consumer: KafkaConsumer?
        weak var producer: KafkaProducer?
        do {
            let reading = try clients.consumer()
            let writing = try clients.producer()
            consumer = reading
            producer = writing
            try await reading.assign([place: 0])
            _ = try await reading.read(1)
            _ = await writing.publish([OutgoingRecord(topic, "k", "v")], deadline: .seconds(10))
        }
        try await eventually("both are gone") { consumer == nil && producer == nil }
        try await publish(0..<1, clients)
    }
}
