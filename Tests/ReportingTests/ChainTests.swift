import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Reporting

/// What counts, and as what.
@Suite("Counting along the chain")
struct ChainTests {
    private static func codes(
        present: Bool = true, notOffered: String? = nil, offered: Bool = false, completeness: Int? = nil,
        declined: Bool = false, results: [(String, FactorResult)]? = nil, hasOutcome: Bool = false
    ) -> Set<String> {
        let state = ScreeningState(
            isPresent: present, notOffered: notOffered, isOffered: offered, completeness: completeness,
            isDeclined: declined, results: results?.map { (factor: $0.0, result: $0.1) }, hasOutcome: hasOutcome)
        return Set(state.codes.map(\.rawValue))
    }

    @Test("not present, not offered, declined, open, partly and wholly answered are different states")
    func states() {
        #expect(Self.codes(present: false, notOffered: "not-present") == ["visits.absent"])
        #expect(Self.codes(notOffered: "no-time") == ["visits", "visits.not-offered", "not-offered.no-time"])
        #expect(Self.codes(notOffered: "later-7") == ["visits", "visits.not-offered", "not-offered.other"])
        #expect(Self.codes(notOffered: "not-live") == [], "the unit hadn't begun: in no denominator")
        #expect(Self.codes() == ["visits", "visits.unrecorded"])
        #expect(Self.codes(present: false) == [])
        #expect(Self.codes(offered: true) == ["visits", "visits.offered", "forms.open"])
        #expect(Self.codes(offered: true, declined: true) == ["visits", "visits.offered", "forms.declined"])
        #expect(
            Self.codes(offered: true, completeness: 1)
                == ["visits", "visits.offered", "forms", "forms.partial", "forms.unscored"])
    }

    @Test("a later state takes the place of an earlier one, whichever facts came")
    func precedence() {
        let answered = Self.codes(notOffered: "no-time", offered: true, completeness: 2, declined: true)
        #expect(answered == ["visits", "visits.offered", "forms", "forms.answered", "forms.unscored"])
        #expect(
            Self.codes(notOffered: "no-time", declined: true) == ["visits", "visits.offered", "forms.declined"])
    }

    @Test("a factor is an outcome, none, or unknown: a missing answer is none of the others")
    func factors() {
        let codes = Self.codes(
            offered: true, completeness: 1,
            results: [("alcohol", .unknown), ("violence", .noOutcome), ("low-mood", .outcome)], hasOutcome: true)
        #expect(
            codes.isSuperset(of: [
                "forms.scored", "forms.with-outcome", "factor.alcohol.unknown", "factor.violence.none",
                "factor.low-mood.outcome",
            ]))
        #expect(codes.filter { $0.hasPrefix("factor") }.count == 3)
    }

    @Test("every sum of a grid holds", arguments: 40..<44 as Range<UInt64>)
    func sums(seed: UInt64) async throws {
        let bench = try await ReportingBench()
        try await bench.apply(try History(seed: seed, children: 80).records)
        let tally = try await bench.reading().tally
        let (grid, layout) = Grid.make(tally, chain: Chain(factors: tally.factors))
        #expect(grid.lines.count > 100)
        for line in grid.lines {
            let sum = line.parts.reduce(0) { $0 + grid.values[$1] }
            #expect(
                grid.values[line.total] == sum,
                "seed \(seed): \(layout.codes[line.total % layout.codes.count].rawValue)")
        }
    }

    @Test("no small cell of a whole release can be computed", arguments: 50..<62 as Range<UInt64>)
    func attackedRelease(seed: UInt64) async throws {
        let bench = try await ReportingBench()
        try await bench.apply(try History(seed: seed, children: 150).records)
        let tally = try await bench.reading().tally
        let (grid, _) = Grid.make(tally, chain: Chain(factors: tally.factors))
        SuppressionTests.attack(grid, Suppression(grid), seed: seed)
    }

    @Test("a go-live counts from the first instant it may mean, by Stockholm's clock")
    func goLive() throws {
        func unit(_ goLive: ImpreciseDate?, phase: Phase = .regular, endedAt: CalendarDay? = nil) -> ReportedUnit {
            ReportedUnit(
                UnitChanged(
                    unit: "u", name: "n", careProvider: "c", municipality: "2380", phase: phase, goLive: goLive,
                    endedAt: endedAt, teamSlots: [], languages: [], tablets: 0, phone: ""))
        }
        #expect(unit(ImpreciseDate("2024-H2", .halfYear)).liveFrom?.rfc3339 == "2024-06-30T22:00:00.000Z")
        #expect(unit(ImpreciseDate("2025", .year)).liveFrom?.rfc3339 == "2024-12-31T23:00:00.000Z")
        #expect(unit(ImpreciseDate("2023-10-18", .day)).liveFrom?.rfc3339 == "2023-10-17T22:00:00.000Z")
        #expect(unit(nil).liveFrom == nil)
        #expect(unit(ImpreciseDate("2025", .year), phase: .planned).liveFrom == nil)
        #expect(unit(nil, endedAt: CalendarDay("2026-02-28")).liveUntil?.rfc3339 == "2026-02-28T23:00:00.000Z")
    }
}
