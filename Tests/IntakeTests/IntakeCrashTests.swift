import Delivery
import Foundation
import HTTPClient
import Runtime
import Support
import Testing

@testable import Intake

/// A service killed at any named point and restarted ends in the state of an uninterrupted run: nothing acknowledged is
/// lost, nothing sent again counts twice.
@Suite("Intake, killed and restarted", .serialized)
struct IntakeCrashTests {
    static let families = 6
    static let seed: UInt64 = 4712
    /// The state to compare with, made once for all points.
    static let uninterrupted = Task { try await run(faults: [], on: .mock()) }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await Self.uninterrupted.value
        let interrupted = try await Self.run(faults: [point, point], on: .mock())
        #expect(interrupted == uninterrupted, "seed \(Self.seed)")
    }

    /// Sends the families, again from the first after every death, as a client does that got no answer.
    static func run(faults: [String], on broker: TestBroker) async throws -> [String: Int] {
        let intake = try IntakeProcess(
            broker.servers, prefix: broker.prefix, environment: ["BATCH_RECORDS_MAX": "10"])
        for (index, fault) in faults.enumerated() {
            try await intake.publishOutcomes(20, seed: seed + UInt64(index))
            try intake.service.start(["FAULT_POINT": fault])
            do {
                for serial in 0..<families { try await intake.family(serial: serial) }
            } catch is HTTPClientFailure {
                // It died under the request.
            } catch is ServiceProcessUnderTest.Trouble {
                // It died before it listened.
            }
            #expect(try await intake.service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
        }
        for index in faults.count..<2 { try await intake.publishOutcomes(20, seed: seed + UInt64(index)) }
        try intake.service.start()
        for serial in 0..<families { try await intake.family(serial: serial) }
        let counts = try await intake.service.counts { $0["outcomes.known"] == 40 }
        let records = try await intake.records(counts["outbox.events", default: 0])
        #expect(records.count >= counts["outbox.events", default: 0])
        #expect(try await intake.service.command("audit", "verify").code == 0)
        try await intake.stop()
        return counts
    }
}
