import Foundation
import Kafka
import Support
import Testing

@Suite("What every Kafka does for us", .serialized, .timeLimit(.minutes(5)))
struct ConformanceTests {
    @Test("the mock cluster", arguments: Conformance.allCases)
    func mock(_ rule: Conformance) async throws {
        let cluster = try MockCluster(topics: [Conformance.topic: Int(Conformance.partitions)])
        try await rule.run(on: TestClients(cluster.bootstrapServers), topic: Conformance.topic)
    }

    @Test("a real Kafka of one node", .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)))
    func real() async throws {
        let kafka = try await RealKafka.start()
        do {
            for rule in Conformance.allCases {
                let topic = "conformance.\(rule.rawValue)"
                try await kafka.topics("--create", "--topic", topic, "--partitions", "\(Conformance.partitions)")
                do {
                    try await rule.run(on: TestClients(kafka.bootstrapServers), topic: topic)
                } catch {
                    Issue.record(error, "\(rule.rawValue)")
                }
            }
        } catch {
            try await kafka.remove()
            throw error
        }
        try await kafka.remove()
    }
}
