import Delivery
import Events
import Foundation
import Runtime
import Support
import Testing

@testable import ReferralRouter

/// A router killed at any named point and restarted ends in the state of an uninterrupted run.
@Suite("Referral router, killed and restarted", .serialized)
struct RouterCrashTests {
    static let families = 30
    static let seed: UInt64 = 4713
    /// The state to compare with, made once for all points.
    static let uninterrupted = Task { try await run(faults: [], on: .mock()) }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await Self.uninterrupted.value
        let interrupted = try await Self.run(faults: [point, point], on: .mock())
        #expect(interrupted == uninterrupted, "seed \(Self.seed)")
    }

    /// What a run must come to: the counts, and every referral with its whole course.
    struct FinalState: Equatable, Sendable {
        let counts: [String: Int]
        let referrals: [String: [UInt8]]
    }

    /// Families whose referral is sent and answered, each in an interleaving of its topics of its own.
    private static func shares(_ count: Int) async throws -> [[TestRecord]] {
        var shares: [[TestRecord]] = Array(repeating: [], count: count)
        for index in 0..<families {
            let family = UInt64(index)
            shares[index % count] += try await History.plain(seed: seed + family).interleaving(family)
        }
        return shares
    }

    static func run(faults: [String], on broker: TestBroker) async throws -> FinalState {
        let router = try RouterProcess(
            broker.servers, prefix: broker.prefix, environment: ["BATCH_RECORDS_MAX": "20"])
        let shares = try await shares(3)
        for (share, fault) in zip(shares, faults) {
            try await router.publish(share)
            try router.service.start(["FAULT_POINT": fault])
            #expect(try await router.service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
        }
        for share in shares.dropFirst(faults.count) { try await router.publish(share) }
        try router.service.start()
        let records = shares.joined().count
        let counts = try await router.service.counts {
            $0["inbox.records"] == records && $0["referrals.requested"] == families
        }
        let said = counts.filter { ["said.referral.requested", "said.referral.changed"].contains($0.key) }
        let enough = said.values.reduce(0, +)
        let facts = try await router.facts(on: .referrals) { facts in
            facts.keys.count { !$0.contains("held") } >= enough
        }
        try await router.stop()
        try router.service.removeData()
        // Whether an offer was held on the way depends on which topic was read first.
        return FinalState(
            counts: counts.filter { !$0.key.hasPrefix("outbox.") && $0.key != "said.referral.held" },
            referrals: facts.filter { !$0.key.contains("held") })
    }
}
