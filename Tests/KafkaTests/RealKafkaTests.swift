import Foundation
import Kafka
import Support
import Testing

@Suite(
    "A real Kafka", .serialized, .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)),
    .timeLimit(.minutes(5)))
struct RealKafkaTests {
    private let topic = "real"

    /// Runs a test on a cluster that is gone afterwards, whatever happens.
    private func with(nodes: Int = 1, secure: Bool = false, _ body: (RealKafka) async throws -> Void) async throws {
        let kafka = try await RealKafka.start(nodes: nodes, secure: secure)
        do {
            try await body(kafka)
        } catch {
            try await kafka.remove()
            throw error
        }
        try await kafka.remove()
    }

    /// A topic is made before its partitions have leaders, and before every node has heard of it: until then whatever
    /// asks for it is to ask again.
    private static func patiently(_ ask: () async throws(KafkaFailure) -> Void) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            do throws(KafkaFailure) {
                return try await ask()
            } catch {
                guard error.disposition != .fatal, ContinuousClock.now < end else { throw error }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private static func awaitLeaders(of topic: String, _ clients: TestClients) async throws {
        let consumer = try clients.consumer()
        let places = Array(Conformance.starts(topic).keys)
        try await patiently { () async throws(KafkaFailure) in
            _ = try await consumer.watermarks(of: places, timeout: .seconds(5))
        }
        _ = await consumer.close(deadline: .seconds(5))
    }

    @Test("does what every Kafka does for us")
    func conformance() async throws {
        try await with { kafka in
            for rule in Conformance.allCases {
                let topic = "conformance.\(rule.rawValue)"
                try await kafka.topics("--create", "--topic", topic, "--partitions", "\(Conformance.partitions)")
                let clients = TestClients(kafka.bootstrapServers)
                try await Self.awaitLeaders(of: topic, clients)
                do {
                    try await rule.run(on: clients, topic: topic)
                } catch {
                    Issue.record(error, "\(rule.rawValue)")
                }
            }
        }
    }

    @Test("recognises what a producer repeats: nothing is lost, doubled or out of order while a node of three dies")
    func nodeKilled() async throws {
        try await with(nodes: 3) { kafka in
            try await kafka.topics("--create", "--topic", topic, "--partitions", "6", "--replication-factor", "3")
            let clients = TestClients(kafka.bootstrapServers)
            try await Self.awaitLeaders(of: topic, clients)
            let producer = try clients.producer()
            try await Self.patiently { () async throws(KafkaFailure) in
                try await producer.warmUp(topics: [topic], timeout: .seconds(20))
            }
            async let killed: Void = kafka.kill(node: 2)
            for chunk in 0..<100 {
                let records = (chunk * 100..<chunk * 100 + 100).map { OutgoingRecord(topic, "key-\($0 % 37)", "\($0)") }
                let results = await producer.publish(records, deadline: .seconds(60))
                #expect(results.allSatisfy { $0.isPersisted })
                if chunk == 50 { try await killed }
            }
            let consumer = try clients.consumer()
            try await consumer.assign(Conformance.starts(topic))
            let ends = try await consumer.ends(timeout: .seconds(20))
            #expect(ends.values.reduce(0, +) == 10_000)
            let records = try await consumer.read(10_000, within: .seconds(60))
            for (key, ofKey) in Dictionary(grouping: records, by: \.keyText) {
                let values = ofKey.compactMap(\.text).compactMap { Int($0) }
                #expect(values == values.sorted(), "key \(key ?? "none")")
            }
            #expect(Set(records.compactMap(\.text)).count == 10_000)
            #expect(await producer.close(deadline: .seconds(5)) == .closed)
            #expect(await consumer.close(deadline: .seconds(5)) == .closed)
        }
    }

    @Test("lets in by certificate, and refuses rights that it didn't grant and connections without one")
    func mutualTLS() async throws {
        try await with(secure: true) { kafka in
            try await kafka.topics("--create", "--topic", topic, "--partitions", "6")
            try await kafka.acls("--add", "--allow-principal", "User:intake", "--topic", topic, "--operation", "All")
            try await kafka.acls("--add", "--allow-principal", "User:intake", "--group", "*", "--operation", "All")
            try await kafka.acls(
                "--add", "--allow-principal", "User:reporting", "--topic", topic, "--operation", "Read")

            let intake = TestClients(kafka.bootstrapServers, try await kafka.credentials(of: "intake"))
            try await Self.awaitLeaders(of: topic, intake)
            try await Conformance.publish([OutgoingRecord(topic, "k", "v")], intake)
            let reader = try intake.consumer(group: "intake")
            try await reader.assign(Conformance.starts(topic))
            #expect(try await reader.read(1).first?.text == "v")
            #expect(await reader.close(deadline: .seconds(5)) == .closed)

            try await kafka.topics("--create", "--topic", "others", "--partitions", "1")
            let writer = try intake.producer()
            let others = await writer.publish([OutgoingRecord("others", "k", "v")], deadline: .seconds(20))
            #expect(others[0].refused?.name == "TOPIC_AUTHORIZATION_FAILED")
            #expect(await writer.close(deadline: .seconds(5)) == .closed)

            let reporting = TestClients(kafka.bootstrapServers, try await kafka.credentials(of: "reporting"))
            let refused = try reporting.producer()
            let result = await refused.publish([OutgoingRecord(topic, "k", "v")], deadline: .seconds(20))
            #expect(result[0].refused?.name == "CLUSTER_AUTHORIZATION_FAILED", "it may write nowhere at all")
            #expect(await refused.close(deadline: .seconds(5)) == .closed)

            let stranger = TestClients(
                kafka.bootstrapServers,
                ["security.protocol": "ssl", "ssl.ca.location": kafka.directory.appending(path: "tls/ca.crt").path])
            let outside = try stranger.consumer()
            let failure = try await #require(throws: KafkaFailure.self) {
                _ = try await outside.clusterID(timeout: .seconds(3))
            }
            #expect(failure.disposition == .retry)
            _ = try await outside.poll(recordsMax: 1, bytesMax: 1, bytesMin: 1, linger: .zero)
            #expect(!outside.contact.isAvailable)
            #expect(outside.contact.lastFailure != nil)
            #expect(await outside.close(deadline: .seconds(5)) == .closed)
        }
    }
}
