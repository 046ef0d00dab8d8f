import Kafka
import Runtime
import Support
import Telemetry
import Testing

@testable import Kafka

@Suite("librdkafka's settings")
struct SettingsTests {
    private static let nowhere = "127.0.0.1:1"

    @Test(
        "are refused where the delivery guarantee stands on them",
        arguments: [
            "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset", "isolation.level", "partitioner",
            "enable.idempotence", "acks", "request.required.acks", "message.timeout.ms", "delivery.timeout.ms",
            "log.queue", "group.id", "group.instance.id", "bootstrap.servers", "metadata.broker.list",
            "transactional.id", "plugin.library.paths", "client.software.name", "test.mock.num.brokers",
            "enable.partition.eof",
        ])
    func owned(key: String) throws {
        let clients = TestClients(Self.nowhere, [key: "1"])
        let fromConsumer = try #require(throws: KafkaFailure.self) { try clients.consumer() }
        let fromProducer = try #require(throws: KafkaFailure.self) { try clients.producer() }
        for failure in [fromConsumer, fromProducer] {
            #expect(failure.code == .invalidSetting)
            #expect(failure.disposition == .refuse)
            #expect(failure.reason.contains(key))
        }
    }

    @Test("fail at once, in librdkafka's words, when they are unknown or impossible, and no value is told")
    func unknown() throws {
        let unknown = try #require(throws: KafkaFailure.self) {
            try TestClients(Self.nowhere, ["no.such.thing": "hemligt"]).consumer()
        }
        #expect(unknown.reason.contains("No such configuration property: \"no.such.thing\""))
        let impossible = try #require(throws: KafkaFailure.self) {
            try TestClients(Self.nowhere, ["security.protocol": "hemligt"]).producer()
        }
        #expect(impossible.reason.contains("security.protocol"))
        let unreadable = try #require(throws: KafkaFailure.self) {
            try TestClients(
                Self.nowhere,
                ["security.protocol": "ssl", "ssl.key.location": "/nonexistent", "ssl.key.password": "hemligt"]
            ).producer()
        }
        #expect(unreadable.reason.contains("ssl.key.location"))
        for failure in [unknown, impossible, unreadable] { #expect(!failure.description.contains("hemligt")) }
    }

    @Test("bound the memory of a consumer and keep offsets with the service")
    func consumer() throws {
        let client = try Client(.consumer, settings: KafkaSettings(bootstrapServers: Self.nowhere), group: "scoring")
        #expect(client.property("queued.max.messages.kbytes") == "8192")
        #expect(client.property("fetch.max.bytes") == "4194304")
        #expect(client.property("fetch.wait.max.ms") == "20")
        #expect(client.property("enable.auto.commit") == "false")
        #expect(client.property("enable.auto.offset.store") == "false")
        #expect(client.property("isolation.level") == "read_committed")
        #expect(client.property("allow.auto.create.topics") == "false")
        #expect(client.property("group.id") == "scoring")
        #expect(client.property("client.id") == "barnsakert")
    }

    @Test("bound the memory of a producer and keep order and durability")
    func producer() throws {
        let client = try Client(.producer, settings: KafkaSettings(bootstrapServers: Self.nowhere))
        #expect(client.property("queue.buffering.max.kbytes") == "16384")
        #expect(client.property("enable.idempotence") == "true")
        #expect(client.property("linger.ms") == "10")
        #expect(client.property("compression.type") == "lz4")
        #expect(client.property("message.timeout.ms") == "0")
        #expect(client.property("partitioner") == "murmur2_random")
        #expect(client.property("acks") == "-1")
    }

    @Test("of an operator win over this module's defaults")
    func overrides() throws {
        let settings = KafkaSettings(
            bootstrapServers: Self.nowhere, overrides: ["linger.ms": "5", "queue.buffering.max.kbytes": "1024"])
        let client = try Client(.producer, settings: settings)
        #expect(client.property("linger.ms") == "5")
        #expect(client.property("queue.buffering.max.kbytes") == "1024")
    }

    @Test("that can't reach a broker are no failure, and asking then ends with the timeout")
    func unreachable() async throws {
        let clients = TestClients(Self.nowhere)
        let consumer = try clients.consumer()
        let failure = try await #require(throws: KafkaFailure.self) {
            _ = try await consumer.watermarks(
                of: TopicPartition(topic: "t", partition: 0), timeout: .milliseconds(500))
        }
        #expect(failure.disposition == .retry)
        #expect(try await consumer.poll(recordsMax: 1, bytesMax: 1, bytesMin: 1, linger: .zero).isEmpty)
        #expect(!consumer.contact.isAvailable)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }
}
