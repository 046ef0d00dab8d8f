import Events
import Foundation
import Kafka
import Runtime
import Support

@testable import Scoring

/// A scoring process on a broker, fed as intake would.
struct ScoringOnCluster: Sendable {
    let servers: String
    let prefix: String
    let service: ServiceProcessUnderTest

    init(_ servers: String, prefix: String = "", environment: [String: String] = [:]) throws {
        self.servers = servers
        self.prefix = prefix
        var all = ["WITNESS_INTERVAL_SECONDS": "1", "WITNESS_WATCH_SECONDS": "4"]
        all.merge(environment) { $1 }
        service = try ServiceProcessUnderTest(
            "scoring", bootstrapServers: servers, prefix: prefix, environment: all)
    }

    func publishInstrument() async throws {
        try await TopicTraffic.publish([IntakeStandIn.record(SeededForms.instrument)], to: servers, prefix: prefix)
    }

    /// Publishes forms of new children.
    func publishForms(_ count: Int, seed: UInt64) async throws {
        try await TopicTraffic.publish(Self.forms(count, seed: seed), to: servers, prefix: prefix)
    }

    /// Forms of new children, as intake would publish them.
    static func forms(_ count: Int, seed: UInt64) throws -> [OutgoingRecord] {
        var seeded = SeededForms(seed: seed)
        return try (0..<count).map { index in
            let (child, event) = try seeded.form(at: index)
            return try IntakeStandIn.record(event, child: child, trigger: seeded.uuid())
        }
    }

    /// Starts, waits until so many forms are scored and published, and stops gracefully.
    func score(_ count: Int) async throws {
        try service.start()
        try await service.counts {
            $0["instruments"] == 1 && $0["forms.scored"] == count && $0["said.outcome.scored", default: 0] == count
        }
        try await stop()
    }

    func stop() async throws {
        service.signal(SIGTERM)
        guard try await service.ending() == .exited(0) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not drain: \(service.log.suffix(5))")
        }
    }

    /// Starts the service, which must refuse to read, and gives the line in which it says why.
    func refusal(_ service: ServiceProcessUnderTest? = nil) async throws -> String {
        let subject = service ?? self.service
        if !subject.isRunning { try subject.start() }
        guard try await subject.ending() == .exited(65) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not refuse: \(subject.log.suffix(5))")
        }
        return subject.log.first { $0.contains("the log is not the store's own") } ?? ""
    }
}
