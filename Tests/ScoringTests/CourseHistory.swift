import Events
import Foundation
import Kafka
import Runtime
import Support

@testable import Scoring

/// Random facts about the courses of some families: forms of up to six visits in any order, amendments that may move a
/// form, retractions, forms that come again, and versions of the questionnaire that score others again.
struct CourseHistory {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    enum Fact: Sendable {
        case instrument(Int)
        case form(Event<AnswersSubmitted>, ChildID)
        case retraction(Event<AnswersRetracted>, ChildID)

        var screening: ScreeningID? {
            switch self {
            case .instrument: nil
            case .form(let form, _): form.body.screening
            case .retraction(let retraction, _): retraction.body.screening
            }
        }

        var revision: Int {
            switch self {
            case .instrument: 1
            case .form(let form, _): form.common.revision
            case .retraction(let retraction, _): retraction.common.revision
            }
        }
    }

    /// Facts with their records; those of one child, and the instruments, in the order of their logs.
    private(set) var logs: [[(fact: Fact, record: OutgoingRecord)]] = []
    private var random: SeededGenerator

    var facts: [Fact] { logs.joined().map(\.fact) }
    /// The versions that were published.
    var versions: [Int] {
        facts.compactMap { fact in
            guard case .instrument(let version) = fact else { return nil }
            return version
        }
    }

    init(seed: UInt64, children: Int = 3) throws {
        random = SeededGenerator(seed: seed)
        var versions = [1]
        for version in 2...4 where below(4) > 0 { versions.append(version) }
        logs.append(
            try versions.shuffled(using: &random).map { version in
                (.instrument(version), try IntakeStandIn.record(CourseInstruments.published(version)))
            })
        for _ in 0..<children { try addFamily(versions) }
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func uuid(_ version: UInt8) -> UUID {
        UUID(high: random.next(), low: random.next(), version: version)
    }

    private mutating func addFamily(_ versions: [Int]) throws {
        let child = ChildID(uuid(4))
        var log: [(fact: Fact, record: OutgoingRecord)] = []
        for _ in 0...below(2) {
            let respondent = RespondentID(uuid(4))
            for _ in 0..<(1 + below(6)) {
                let screening = ScreeningID(uuid(7))
                // Few enough days for two forms to fall on the same one now and then.
                var ageDays = 60 + 30 * below(8)
                let version = versions[below(versions.count)]
                for revision in 1...(1 + below(4)) {
                    // The first is a form; later ones amend it, take it back or bring it again.
                    if revision > 1, below(3) == 0 {
                        log.append(try retraction(of: screening, child, revision))
                    } else {
                        if below(3) == 0 { ageDays = 60 + 30 * below(8) }
                        log.append(
                            try form(screening, of: child, respondent, ageDays: ageDays, version, revision))
                    }
                }
            }
        }
        logs.append(interleaved(log))
    }

    /// One child's log: the screenings in any order of visits, each one's facts in their own.
    private mutating func interleaved(
        _ log: [(fact: Fact, record: OutgoingRecord)]
    ) -> [(fact: Fact, record: OutgoingRecord)] {
        var rest = Dictionary(grouping: log) { $0.fact.screening }.values
            .sorted { ($0[0].fact.screening?.text ?? "") < ($1[0].fact.screening?.text ?? "") }.map { $0[...] }
        var all: [(fact: Fact, record: OutgoingRecord)] = []
        while !rest.isEmpty {
            let index = below(rest.count)
            all.append(rest[index].removeFirst())
            if rest[index].isEmpty { rest.remove(at: index) }
        }
        return all
    }

    private mutating func common(_ revision: Int) -> CommonMembers {
        // Noon and late evenings of September: half past ten in the evening of UTC is the next day in Stockholm.
        let day = below(28)
        let minute = below(2) == 0 ? 12 * 60 : 22 * 60 + 30
        let september = Int64(1_788_220_800_000)
        return CommonMembers(
            occurredAt: Timestamp(milliseconds: september + Int64(day * 1440 + minute) * 60_000), region: "23",
            unit: nil, residenceMunicipality: nil, actor: Actor(role: .parent), revision: revision, restricted: false,
            synthetic: true, registryVersion: "1")
    }

    private mutating func form(
        _ screening: ScreeningID, of child: ChildID, _ respondent: RespondentID, ageDays: Int, _ version: Int,
        _ revision: Int
    ) throws -> (Fact, OutgoingRecord) {
        let alcohol = CourseInstruments.alcoholOptions[version] ?? []
        var answers = [ItemAnswer(item: "a1", value: below(5) == 0 ? nil : .code(alcohol[below(alcohol.count)]))]
        for item in CourseInstruments.moodItems {
            answers.append(ItemAnswer(item: item, value: below(5) == 0 ? nil : .code(["yes", "no"][below(2)])))
        }
        let event = Event(
            common(revision),
            AnswersSubmitted(
                screening: screening, visit: VisitID(uuid(7)), slot: "10m", respondent: respondent, ageDays: ageDays,
                instrument: try CourseInstruments.published(version).instrument, language: "sv",
                informationVersion: "1", answers: answers))
        return (.form(event, child), try IntakeStandIn.record(event, child: child, trigger: uuid(7)))
    }

    private mutating func retraction(
        of screening: ScreeningID, _ child: ChildID, _ revision: Int
    ) throws -> (Fact, OutgoingRecord) {
        let event = Event(common(revision), AnswersRetracted(screening: screening, reason: .enteredInError))
        return (.retraction(event, child), try IntakeStandIn.record(event, child: child, trigger: uuid(7)))
    }
}
