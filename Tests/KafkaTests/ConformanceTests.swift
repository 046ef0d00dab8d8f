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
}
