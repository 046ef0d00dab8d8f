public import Support
public import Testing

/// One real Kafka for a whole suite: started before its first test, gone after its last, whatever happens. Each test
/// takes topics of its own there (`SharedKafka.broker()`).
///
/// The suite must be serialized, and enabled only where `RealKafka.isFound`. `KAFKA_TEST_NODES=3` gives it three nodes.
public struct SharedKafka: SuiteTrait, TestScoping {
    @TaskLocal private static var current: RealKafka?

    /// A test outside a suite that has the trait.
    public struct Missing: Error {}

    /// The catalogue's topics for one test.
    public static func broker() throws -> TestBroker {
        guard let current else { throw Missing() }
        return try TestBroker(on: current)
    }

    /// Called once for the suite, around all its tests.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let kafka = try await RealKafka.start(nodes: RealKafka.nodesWished)
        do {
            try await Self.$current.withValue(kafka) { try await function() }
        } catch {
            try await kafka.remove()
            throw error
        }
        try await kafka.remove()
    }
}

extension Trait where Self == SharedKafka {
    /// One real Kafka for the whole suite.
    public static var sharedKafka: Self { Self() }
}
