import Events
import Foundation
import Kafka
import Support

@testable import ReferralRouter

/// A router process on a broker, fed as intake and the notifier would, with the demo's contact lists.
struct RouterProcess: Sendable {
    let servers: String
    let prefix: String
    let service: ServiceProcessUnderTest

    init(_ servers: String, prefix: String = "", environment: [String: String] = [:]) throws {
        self.servers = servers
        self.prefix = prefix
        var all = [
            "CONTACT_LISTS_FILE": ContactListsFileTests.demoPath, "WITNESS_INTERVAL_SECONDS": "1",
            "WITNESS_WATCH_SECONDS": "4",
        ]
        all.merge(environment) { $1 }
        service = try ServiceProcessUnderTest(
            "referral-router", bootstrapServers: servers, prefix: prefix, environment: all)
    }

    func publish(_ records: [TestRecord]) async throws {
        try await TopicTraffic.publish(records.map(\.outgoing), to: servers, prefix: prefix)
    }

    /// What stands on a topic, once there is enough: values by type, subject and revision, so that a repetition shows
    /// once.
    func facts(
        on topic: Topic, until enough: ([String: [UInt8]]) -> Bool
    ) async throws -> [String: [UInt8]] {
        try Self.facts(
            try await TopicTraffic.records(on: [topic], from: servers, prefix: prefix) { enough(try Self.facts($0)) })
    }

    private static func facts(_ records: [ConsumedRecord]) throws -> [String: [UInt8]] {
        try records.reduce(into: [:]) { facts, record in
            let envelope = try Envelope(headers: record.headers.map { EventHeader(name: $0.name, slice: $0.value) })
            facts["\(envelope.type) \(envelope.subject) \(envelope.revision)"] = record.value ?? []
        }
    }

    func stop() async throws {
        service.signal(SIGTERM)
        guard try await service.ending() == .exited(0) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not drain: \(service.log.suffix(5))")
        }
    }
}
