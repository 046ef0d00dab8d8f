import Delivery
import Events
import Foundation
import HTTPClient
import Runtime
import Support
import Testing

/// A service killed at any named point and restarted ends in the state of an uninterrupted run.
@Suite("Reporting, killed and restarted", .serialized)
struct ReportingCrashTests {
    static let seed: UInt64 = 4711
    /// The state to compare with, made once for all points.
    static let uninterrupted = Task { try await run(faults: [], on: .mock()) }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await Self.uninterrupted.value
        #expect(uninterrupted.deadLetters == 3)
        let interrupted = try await Self.run(faults: [point, point], on: .mock())
        #expect(interrupted == uninterrupted, "seed \(Self.seed)")
    }

    struct FinalState: Equatable, Sendable {
        let counts: [String: Int]
        let indicators: [UInt8]
        let deadLetters: Int
    }

    /// Runs reporting over a history in three parts. Each part has a record that breaks its schema: its notice is all
    /// that reporting ever says, so that the relay's points are reached too.
    static func run(faults: [String], on broker: TestBroker) async throws -> FinalState {
        let reporting = try ReportingOnCluster(
            broker.servers, prefix: broker.prefix, environment: ["BATCH_RECORDS_MAX": "25"])
        let history = try History(seed: seed, children: 40).records
        let share = history.count / 3
        let parts = [0..<share, share..<2 * share, 2 * share..<history.count].map { range in
            var part = Array(history[range])
            if let last = part.indices.last(where: { part[$0].child != nil }) { part[last].value = Array("{}".utf8) }
            return part
        }
        for (index, fault) in faults.enumerated() {
            try await reporting.publish(parts[index])
            try reporting.service.start(["FAULT_POINT": fault])
            #expect(try await reporting.service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
        }
        for part in parts[faults.count...] { try await reporting.publish(part) }
        try reporting.service.start()
        let counts = try await reporting.applied(history.count - parts.count, refused: parts.count)
        // The first to ask: the release is made from the store as it stands.
        let indicators = try await reporting.get("/v1/indicators", token: "region").body
        let deadLetters = try await reporting.deadLetters(atLeast: parts.count)
        reporting.service.signal(SIGTERM)
        #expect(try await reporting.service.ending() == .exited(0))
        try reporting.service.removeData()
        return FinalState(counts: counts, indicators: indicators, deadLetters: deadLetters)
    }
}
