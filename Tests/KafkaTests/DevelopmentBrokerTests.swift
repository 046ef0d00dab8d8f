import Events
import Foundation
import Kafka
import Support
import Testing

@Suite("The development broker", .serialized, .timeLimit(.minutes(1)))
struct DevelopmentBrokerTests {
    @Test("has the catalogue's topics on its port, says what it doesn't keep, and ends when asked")
    func topics() async throws {
        let port = try FreePorts.first()
        let broker = try ServiceProcessUnderTest(
            "development-broker", bootstrapServers: "",
            environment: ["DEVELOPMENT_BROKER_PORT": "\(port)", "KAFKA_TOPIC_PREFIX": "test."])
        try broker.start()
        let clients = TestClients("127.0.0.1:\(port)")
        let consumer = try clients.consumer()
        for contract in Catalogue.contracts {
            let name = contract.topic.name(prefix: "test.")
            #expect(try await consumer.partitionCount(of: name, timeout: .seconds(10)) == contract.partitions)
        }
        let answers = Topic.answers.name(prefix: "test.")
        let producer = try clients.producer()
        let results = await producer.publish([OutgoingRecord(answers, "k", "v")], deadline: .seconds(10))
        #expect(results.allSatisfy { $0.isPersisted })
        let places = (0..<Catalogue.childPartitions).map { TopicPartition(topic: answers, partition: $0) }
        let watermarks = try await consumer.watermarks(of: places, timeout: .seconds(10))
        #expect(watermarks.values.allSatisfy { $0.low == 0 })
        #expect(watermarks.values.reduce(0) { $0 + $1.high } == 1)
        try await eventually("the log says what is not kept") { broker.log.contains { $0.contains("nothing on disk") } }
        broker.signal(SIGTERM)
        #expect(try await broker.ending() == .exited(0))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    @Test("says so when its port is taken, or none")
    func portTaken() async throws {
        let port = try FreePorts.first()
        let first = try ServiceProcessUnderTest(
            "development-broker", bootstrapServers: "", environment: ["DEVELOPMENT_BROKER_PORT": "\(port)"])
        try first.start()
        try await eventually("it listens") { !first.log.isEmpty }
        let second = try ServiceProcessUnderTest(
            "development-broker", bootstrapServers: "", environment: ["DEVELOPMENT_BROKER_PORT": "\(port)"])
        try second.start()
        #expect(try await second.ending() == .exited(69))
        try second.start(["DEVELOPMENT_BROKER_PORT": "0"])
        #expect(try await second.ending() == .exited(78))
        first.signal(SIGKILL)
        #expect(try await first.ending() == .killed(SIGKILL))
    }
}
