import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Delivery
@testable import Reporting

/// An outcome that scoring takes back.
@Suite("An outcome that is taken back")
struct RetractionTests {
    private static let child = ChildID(UUID(high: 1, low: 1, version: 4))
    private static let screening = ScreeningID(UUID(high: 2, low: 2, version: 7))

    private static func said<Body: EventBody>(_ body: Body, revision: Int) throws -> SaidRecord
    where Body.Common == CommonMembers {
        let common = CommonMembers(
            occurredAt: History.start, region: "23", unit: nil, residenceMunicipality: nil,
            actor: Actor(role: .system), revision: revision, restricted: false, synthetic: true, registryVersion: "1")
        return try SaidRecord(
            Event(common, body), about: child, trigger: UUID(high: 9, low: UInt64(revision), version: 7))
    }

    private static func scored(_ result: FactorResult, revision: Int) throws -> SaidRecord {
        let factor = FactorOutcome(
            factor: .alcohol, result: result, because: [], unanswered: [], rule: "r", change: .first)
        return try said(
            OutcomeScored(
                screening: screening, visit: VisitID(UUID(high: 3, low: 3, version: 7)), slot: "10m",
                respondent: RespondentID(UUID(high: 4, low: 4, version: 4)),
                instrument: InstrumentReference(code: "t", version: "1", sha256: String(repeating: "0", count: 64)),
                factors: [factor], signals: [], acute: false, cause: .answered), revision: revision)
    }

    private static func retracted(revision: Int) throws -> SaidRecord {
        try said(OutcomeRetracted(screening: screening, reason: .enteredInError), revision: revision)
    }

    /// How many outcomes stand, and how many of them with an outcome on a factor.
    private static func standing(after records: [SaidRecord]) async throws -> [Int?] {
        let bench = try await ReportingBench()
        let tally = try await bench.apply(records)
        #expect(tally.parked.isEmpty)
        let counts = try await bench.counts()
        return [counts["outcomes.scored"], counts["outcomes.with-outcome"]]
    }

    @Test("counts no more, whether it comes before or after its retraction")
    func bothOrders() async throws {
        let scored = try Self.scored(.outcome, revision: 1)
        let retracted = try Self.retracted(revision: 2)
        #expect(try await Self.standing(after: [scored]) == [1, 1])
        #expect(try await Self.standing(after: [scored, retracted]) == [0, 0])
        #expect(try await Self.standing(after: [retracted, scored]) == [0, 0])
    }

    @Test("counts again when its form came again, until that is taken back too, in any order", arguments: 0..<24)
    func cameAgain(number: Int) async throws {
        var rest = [
            try Self.scored(.outcome, revision: 1), try Self.retracted(revision: 2),
            try Self.scored(.noOutcome, revision: 3), try Self.retracted(revision: 4),
        ]
        let withoutTheLast = Array(rest.dropLast())
        var records: [SaidRecord] = []
        var choice = number
        for left in stride(from: 4, to: 0, by: -1) {
            records.append(rest.remove(at: choice % left))
            choice /= left
        }
        #expect(try await Self.standing(after: records) == [0, 0])
        let shown = records.filter { record in withoutTheLast.contains { $0.headers == record.headers } }
        #expect(try await Self.standing(after: shown) == [1, 0])
    }
}
