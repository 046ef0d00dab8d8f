import Events
import Foundation
import Runtime
import Support
import Synchronization
import Testing

@testable import Reporting

/// What a release says of places, protected families and shares.
@Suite("Release")
struct ReleaseTests {
    private static let visits = Indicator(code: "visits", label: "", of: nil)

    @Test("a protected family counts for the region and no smaller place, also what was known before")
    func protected() async throws {
        var history = try History(seed: 1, children: 40)
        let family = History.Family(
            child: ChildID(history.uuid()), parents: [RespondentID(history.uuid())], unit: History.units[0].id,
            residence: "2380", isProtected: false)
        let before = try await Self.tally(history)
        let visit = VisitHeld(
            visit: VisitID(history.uuid()), slot: "4m", team: .nurse, place: .clinic, present: family.parents,
            participated: false)
        try history.say(visit, of: family)
        let open = try await Self.tally(history)
        let leaf = Leaf(unit: .unit(family.unit), residence: .residence("2380"))
        #expect(open.counts[leaf]?["visits"] == (before.counts[leaf]?["visits"] ?? 0) + 1)
        let protected = History.Family(
            child: family.child, parents: family.parents, unit: family.unit, residence: "2380", isProtected: true)
        try history.say(
            VisitHeld(
                visit: VisitID(history.uuid()), slot: "10m", team: .nurse, place: .clinic, present: family.parents,
                participated: false), of: protected)
        let hidden = try await Self.tally(history)
        let withheld = Leaf(unit: .unitWithheld, residence: .residenceWithheld)
        #expect(hidden.counts[leaf]?["visits"] == before.counts[leaf]?["visits"])
        #expect(hidden.counts[withheld]?["visits"] == (before.counts[withheld]?["visits"] ?? 0) + 2)
    }

    @Test("a corrected visit leaves out a parent who wasn't there")
    func correction() async throws {
        var history = try History(seed: 1, children: 40)
        let before = try await Self.tally(history)
        let family = History.Family(
            child: ChildID(history.uuid()), parents: [RespondentID(history.uuid()), RespondentID(history.uuid())],
            unit: History.units[0].id, residence: "2380", isProtected: false)
        let visit = VisitID(history.uuid())
        for (revision, present) in [(1, family.parents), (2, [family.parents[0]])] {
            try history.say(
                VisitHeld(
                    visit: visit, slot: "4m", team: .nurse, place: .clinic, present: present, participated: false),
                of: family, revision: revision)
        }
        let after = try await Self.tally(history)
        let leaf = Leaf(unit: .unit(family.unit), residence: .residence("2380"))
        #expect(after.counts[leaf]?["visits"] == (before.counts[leaf]?["visits"] ?? 0) + 1)
    }

    @Test("a release stands for two seconds while facts come in, and for good while none do")
    func age() async throws {
        let bench = try await ReportingBench()
        let clock = Mutex(History.start)
        let releases = Releases(
            region: "23", store: bench.temporary.store, time: TimeSource { clock.withLock { $0 } })
        func visits() async throws -> Figure { try await releases.current().figure(Self.visits, at: .region) }
        #expect(try await visits() == Figure(.count(0)))
        try await bench.apply(try History(seed: 1, children: 40).records)
        clock.withLock { $0 = $0 + .milliseconds(1999) }
        #expect(try await visits() == Figure(.count(0)), "still the first")
        clock.withLock { $0 = $0 + .milliseconds(1) }
        let now = try await visits()
        #expect(now != Figure(.count(0)))
        clock.withLock { $0 = $0 + .seconds(3600) }
        #expect(try await visits() == now)
    }

    private static func tally(_ history: History) async throws -> Tally {
        let bench = try await ReportingBench()
        try await bench.apply(history.records)
        return try await bench.reading().tally
    }

    @Test("a unit that isn't live has no denominator; one that the registry doesn't know counts for nobody")
    func notLive() async throws {
        let records = try History(seed: 2, children: 60).records
        let bench = try await ReportingBench()
        try await bench.apply(records.filter { $0.type != .unitChanged })
        #expect(try await bench.reading().tally.counts.values.allSatisfy { $0["visits"] == nil })
        try await bench.apply(records.filter { $0.type == .unitChanged })
        let tally = try await bench.reading().tally
        #expect(tally.counts.values.contains { $0["visits", default: 0] > 0 }, "counted when the unit comes")
        #expect(
            try await bench.counts()["visits.held"] == records.filter { $0.type == .visitHeld }.map(\.key).uniqueCount)
    }

    @Test("shares carry Wilson's interval")
    func wilson() throws {
        let share = try #require(Share(8, of: 40))
        #expect(abs(share.value - 0.2) < 1e-9)
        #expect(abs(share.low - 0.1050) < 5e-4 && abs(share.high - 0.3476) < 5e-4)
        let none = try #require(Share(0, of: 10))
        #expect(none.low == 0 && abs(none.high - 0.2775) < 5e-4)
        let all = try #require(Share(10, of: 10))
        #expect(all.high == 1 && abs(all.low - 0.7225) < 5e-4)
        #expect(Share(0, of: 0) == nil)
    }

    @Test("a share stands only where number and group are both shown")
    func sharesOfShown() async throws {
        let bench = try await ReportingBench()
        try await bench.apply(try History(seed: 5, children: 150).records)
        let release = try await bench.release()
        var shown = 0
        var hidden = 0
        for place in release.places {
            for indicator in release.chain.groups.flatMap(\.indicators) {
                let figure = release.figure(indicator, at: place)
                if case .suppressed = figure.cell { hidden += 1 }
                guard let share = figure.share, let of = indicator.of else { continue }
                shown += 1
                #expect(share.low <= share.value && share.value <= share.high)
                let group = release.figure(Indicator(code: of, label: "", of: nil), at: place)
                #expect(group.symbol == nil)
            }
        }
        #expect(shown > 50 && hidden > 50)
    }

    @Test("says what is made up: all, some, nothing")
    func origin() {
        func topic(_ synthetic: Bool, _ genuine: Bool) -> TopicFreshness {
            TopicFreshness(topic: "t", lastEvent: History.start, hasSynthetic: synthetic, hasGenuine: genuine)
        }
        #expect(Origin([]) == .genuine)
        #expect(Origin([topic(true, false), topic(true, false)]) == .synthetic)
        #expect(Origin([topic(true, false), topic(false, true)]) == .mixed)
        #expect(Origin([topic(false, true)]) == .genuine)
    }

    @Test("text from outside is text on the page")
    func escaping() {
        #expect("<b>\"&'".escaped == "&lt;b&gt;&quot;&amp;&#39;")
    }
}

extension Collection where Element: Hashable {
    fileprivate var uniqueCount: Int { Set(self).count }
}
