import Events
import Foundation
import Runtime
import Support

/// What happens to some families over a while, from a seed: a coherent course through every topic that reporting reads.
///
/// The units, the families, some with protected identity, and all their events in the order of happening. The same seed
/// gives the same events.
struct History {
    static let units: [(id: String, municipality: String, share: Int)] = [
        ("SE0000000018-A", "2380", 6), ("SE0000000018-B", "2380", 3), ("SE0000000018-C", "2309", 3),
        ("SE0000000026-D", "2309", 1), ("SE0000000018-E", "2326", 1),
    ]
    static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private(set) var records: [SaidRecord] = []
    /// The outcomes that were said.
    var outcomes: [(OutcomeScored, Family)] = []
    private var random: SeededGenerator
    private var now = History.start

    /// - Parameter takingBack: whether some outcomes are taken back in the end.
    init(seed: UInt64, children: Int, takingBack: Bool = false) throws {
        random = SeededGenerator(seed: seed)
        try addReferenceData()
        for _ in 0..<children { try addFamily() }
        if takingBack { try takeSomeBack() }
    }

    // MARK: Drawing

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }
    mutating func uuid() -> UUID {
        UUID(
            time: now, randomHigh: UInt16(truncatingIfNeeded: random.next()), low: random.next(), version: 7)
    }

    // MARK: Saying

    /// One family's place, as it stands in every event about it.
    struct Family {
        let child: ChildID
        let parents: [RespondentID]
        let unit: String
        let residence: String
        let isProtected: Bool
    }

    mutating func say<Body: EventBody>(
        _ body: Body, of family: Family, revision: Int = 1
    ) throws where Body.Common == CommonMembers {
        now = now + .seconds(Int64(1 + below(90)))
        let common = CommonMembers(
            occurredAt: now, region: "23", unit: family.unit, residenceMunicipality: family.residence,
            actor: Actor(role: .nurse), revision: revision, restricted: family.isProtected, synthetic: true,
            registryVersion: "1")
        records.append(try SaidRecord(Event(common, body), about: family.child, trigger: uuid()))
    }

    private mutating func say<Body: ReferenceBody>(_ body: Body) throws {
        let common = ReferenceMembers(occurredAt: now, region: "23", synthetic: true)
        records.append(try SaidRecord(Event(common, body), trigger: uuid()))
    }

    private mutating func addReferenceData() throws {
        for (index, unit) in Self.units.enumerated() {
            try say(
                UnitChanged(
                    unit: unit.id, name: "BVC \(unit.id.suffix(1))", careProvider: "0000000018",
                    municipality: unit.municipality, phase: .regular,
                    goLive: index == 1 ? ImpreciseDate("2026-H2", .halfYear) : ImpreciseDate("2024", .year),
                    teamSlots: [], languages: ["sv"], tablets: 2, phone: "+46000000000"))
        }
        for code in ["2380", "2309", "2326"] {
            try say(
                RecipientChanged(
                    recipient: "\(code)-family", municipality: code, kind: .familyTherapist,
                    staff: [RecipientStaff(displayName: "F", phone: "+46000000001", hours: "8–17")],
                    channels: [RecipientChannel(kind: .webhook)]))
            try say(
                ContactListPublished(
                    municipality: code, version: "1", sha256: String(repeating: "0", count: 64), entries: []))
        }
    }

    // MARK: Families

    private mutating func addFamily() throws {
        let lot = below(Self.units.reduce(0) { $0 + $1.share })
        var sum = 0
        let unit = Self.units.first { unit in
            sum += unit.share
            return lot < sum
        }
        guard let unit else { return }
        let family = Family(
            child: ChildID(UUID(high: random.next(), low: random.next(), version: 4)),
            parents: [RespondentID(uuid()), RespondentID(uuid())], unit: unit.id,
            residence: happens(90) ? unit.municipality : ["2281", "2380", "2303"][below(3)], isProtected: happens(4))
        guard let month = CalendarMonth("2026-03"), let since = CalendarDay("2026-04-01") else { return }
        try say(
            ChildListed(
                child: family.child, birthMonth: month, since: since,
                respondents: family.parents.map { ListedRespondent(respondent: $0, relation: .mother, guardian: .yes) },
                previousProvider: false), of: family)
        try addVisit(of: family)
    }

    private mutating func addVisit(of family: Family) throws {
        let visit = VisitID(uuid())
        let present = happens(50) ? family.parents : [family.parents[0]]
        func held(participated: Bool) -> VisitHeld {
            VisitHeld(
                visit: visit, slot: "10m", team: .nurse, place: .clinic, present: present, participated: participated)
        }
        try say(held(participated: false), of: family)
        var hasAnswer = false
        for parent in family.parents {
            guard present.contains(parent) else {
                try say(ScreeningNotOffered(visit: visit, respondent: parent, reason: .notPresent), of: family)
                continue
            }
            if try addScreening(of: parent, at: visit, family), !hasAnswer {
                hasAnswer = true
                try say(held(participated: true), of: family, revision: 2)
            }
        }
    }

    /// - Returns: whether the parent answered.
    private mutating func addScreening(of parent: RespondentID, at visit: VisitID, _ family: Family) throws -> Bool {
        if happens(12) {
            let reasons: [NotOfferedReason] = [.noTime, .noTime, .noTime, .childIll, .noLanguage]
            let reason = reasons[below(reasons.count)]
            try say(ScreeningNotOffered(visit: visit, respondent: parent, reason: reason), of: family)
            return false
        }
        let screening = ScreeningID(uuid())
        try say(
            ScreeningOffered(
                screening: screening, visit: visit, respondent: parent, language: "sv", mode: .tablet), of: family)
        if happens(8) {
            try say(ScreeningDeclined(screening: screening, scope: .forNow), of: family)
            return false
        }
        if happens(4) { return false }
        try addForm(screening, of: parent, at: visit, family)
        return true
    }
}
