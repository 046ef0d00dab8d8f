import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Delivery
@testable import Scoring

/// A version whose content isn't the one that a form was given under.
@Suite("A form of another content than the published one")
struct OtherContentTests {
    static func form(_ sha256: String) throws -> (Event<AnswersSubmitted>, ChildID) {
        var seeded = SeededForms(seed: 71)
        var (child, form) = try seeded.form(at: 1)
        form.body.instrument.sha256 = sha256
        return (form, child)
    }

    @Test("is refused with its reason, whether it came before the version or after it", arguments: [true, false])
    func refused(comesFirst: Bool) async throws {
        let bench = try await CourseBench()
        let (form, child) = try Self.form(String(repeating: "ab", count: 32))
        let record = try IntakeStandIn.record(form, child: child, trigger: UUID(high: 1, low: 1, version: 7))
        let instrument = try IntakeStandIn.record(SeededForms.instrument)
        for record in comesFirst ? [record, instrument] : [instrument, record] { try await bench.apply([record]) }
        let parked = try await bench.store.read { scope in
            try scope.all("SELECT state, reason FROM parked") { [$0.text(0), $0.text(1)] }
        }
        #expect(parked == [["refused", "instrument-hash-differs"]])
        #expect(try await bench.said().isEmpty)
    }

    @Test("has a key of its own on the topic, so that a refused content never pushes out the published one")
    func keys() throws {
        let published = SeededForms.instrument
        let other = try InstrumentArrivalTests.instrument { $0.rules[1].atLeast = 3 }
        #expect(other.instrument.name == published.instrument.name && other.key != published.key)
    }
}
