import Events
import Foundation
import Kafka
import Runtime
import Support

@testable import Scoring

/// Random facts about the courses of some families: forms of two questionnaires and up to six visits in any order,
/// amendments that may move a form, to another parent or under another version too, retractions, forms that come again,
/// and versions of the questionnaire that score others again.
struct CourseHistory {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    enum Fact: Sendable {
        case instrument(Int, of: String)
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

    /// Facts that lead to something: not a form that is refused, nor what waits behind it.
    var facts: [Fact] {
        logs.flatMap { log in log.map(\.fact).prefix { !isRefused($0) } }
    }
    /// How many records of a child's wait behind a refused one, with it.
    var stopped: Int { logs.joined().count - facts.count }
    /// The first questionnaire's versions that were published.
    var versions: [Int] {
        facts.compactMap { fact in
            guard case .instrument(let version, CourseInstruments.code) = fact else { return nil }
            return version
        }
    }

    private func isRefused(_ fact: Fact) -> Bool {
        guard case .form(let form, _) = fact else { return false }
        return form.body.answers.contains { $0.item == Self.unknownItem }
    }

    private static let unknownItem = "x9"

    /// - Parameter stops: whether some forms can't be scored, so that the child's later records wait behind them.
    init(seed: UInt64, children: Int = 3, stops: Bool = false) throws {
        random = SeededGenerator(seed: seed)
        var versions = [1]
        for version in 2...4 where below(4) > 0 { versions.append(version) }
        let all = versions.map { ($0, CourseInstruments.code) } + [(1, CourseInstruments.otherCode)]
        logs.append(
            try all.shuffled(using: &random).map { version, code in
                (
                    .instrument(version, of: code),
                    try IntakeStandIn.record(CourseInstruments.published(version, of: code))
                )
            })
        for _ in 0..<children { try addFamily(versions, stops: stops) }
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func uuid(_ version: UInt8) -> UUID {
        UUID(high: random.next(), low: random.next(), version: version)
    }

    private mutating func instrument(_ versions: [Int]) throws -> InstrumentReference {
        let isOther = below(4) == 0
        let version = isOther ? 1 : versions[below(versions.count)]
        let code = isOther ? CourseInstruments.otherCode : CourseInstruments.code
        return try CourseInstruments.published(version, of: code).instrument
    }

    private mutating func addFamily(_ versions: [Int], stops: Bool) throws {
        let child = ChildID(uuid(4))
        var log: [(fact: Fact, record: OutgoingRecord)] = []
        let respondents = (0...below(2)).map { _ in RespondentID(uuid(4)) }
        for own in respondents {
            for _ in 0..<(1 + below(6)) {
                let screening = ScreeningID(uuid(7))
                var respondent = own
                // Few enough days for two forms to fall on the same one now and then.
                var ageDays = 60 + 30 * below(8)
                var version = try instrument(versions)
                for revision in 1...(1 + below(4)) {
                    // The first is a form; later ones amend it, take it back or bring it again.
                    if revision > 1, below(3) == 0 {
                        log.append(try retraction(of: screening, child, revision))
                    } else {
                        if below(3) == 0 { ageDays = 60 + 30 * below(8) }
                        if revision > 1, below(3) == 0 { version = try instrument(versions) }
                        if revision > 1, below(4) == 0 { respondent = respondents[below(respondents.count)] }
                        log.append(
                            try form(screening, of: child, respondent, ageDays: ageDays, version, revision))
                    }
                }
            }
        }
        var all = interleaved(log)
        if stops, below(2) == 0 {
            let version = try CourseInstruments.published(1).instrument
            let refused = try form(
                ScreeningID(uuid(7)), of: child, respondents[0], ageDays: 90, version, 1, asking: Self.unknownItem)
            all.insert(refused, at: below(all.count + 1))
        }
        logs.append(all)
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
        _ screening: ScreeningID, of child: ChildID, _ respondent: RespondentID, ageDays: Int,
        _ instrument: InstrumentReference, _ revision: Int, asking another: String? = nil
    ) throws -> (fact: Fact, record: OutgoingRecord) {
        let alcohol = CourseInstruments.alcoholOptions[Int(instrument.version) ?? 0] ?? []
        var answers = [ItemAnswer(item: "a1", value: below(5) == 0 ? nil : .code(alcohol[below(alcohol.count)]))]
        for item in CourseInstruments.moodItems {
            answers.append(ItemAnswer(item: item, value: below(5) == 0 ? nil : .code(["yes", "no"][below(2)])))
        }
        if let another { answers.append(ItemAnswer(item: another, value: .code("yes"))) }
        let event = Event(
            common(revision),
            AnswersSubmitted(
                screening: screening, visit: VisitID(uuid(7)), slot: "10m", respondent: respondent, ageDays: ageDays,
                instrument: instrument, language: "sv", informationVersion: "1", answers: answers))
        return (.form(event, child), try IntakeStandIn.record(event, child: child, trigger: uuid(7)))
    }

    private mutating func retraction(
        of screening: ScreeningID, _ child: ChildID, _ revision: Int
    ) throws -> (fact: Fact, record: OutgoingRecord) {
        let event = Event(common(revision), AnswersRetracted(screening: screening, reason: .enteredInError))
        return (.retraction(event, child), try IntakeStandIn.record(event, child: child, trigger: uuid(7)))
    }
}
