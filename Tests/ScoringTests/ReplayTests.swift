import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Delivery
@testable import Scoring

/// Scoring again what the store keeps.
@Suite("Replay")
struct ReplayTests {
    /// Everything that a replay printed, over all its parts.
    struct Printed: Equatable {
        var lines: [String] = []
        var progress: [String] = []
        var exitCode: Int32 = 0
    }

    static func replay(_ store: Store, _ bounds: Replay.Bounds = Replay.Bounds()) async throws -> Printed {
        let replay = Replay(bounds: bounds)
        let context = CommandContext(store: store, time: TimeSource { CourseHistory.now }, operatorName: "kim")
        var printed = Printed()
        var words: [String]? = []
        while let next = words {
            let result = try await replay.goOn(ReplayState(next, usage: "replay"), context)
            printed.lines += result.lines
            printed.exitCode = result.exitCode
            if let goesOn = result.goesOn { printed.progress.append(goesOn.progress) }
            words = result.goesOn.map { Array($0.words.dropFirst()) }
        }
        return printed
    }

    /// Three forms of one respondent, the second decided by another version than the others.
    static func bench() async throws -> CourseBench {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([
            CourseStory.instrument(1), CourseStory.instrument(2),
            story.form(1, at: 60, alcohol: "yes", on: "2026-09-01T10:00:00Z"),
            story.form(2, at: 120, alcohol: "no"), story.form(3, at: 300, alcohol: "no", on: "2026-09-02T10:00:00Z"),
        ])
        try await bench.finishReRuns()
        return bench
    }

    static let screening = CourseStory().screening(2)

    @Test("finds nothing, whatever forms, amendments, retractions and re-runs there were", arguments: 1...12)
    func histories(seed: Int) async throws {
        let history = try CourseHistory(seed: UInt64(seed))
        let bench = try await CourseBench()
        for log in history.logs { try await bench.apply(log.map(\.record)) }
        try await bench.finishReRuns()
        let forms = try await bench.contents().count
        let printed = try await Self.replay(bench.store)
        #expect(printed == Printed(lines: ["\(forms) forms scored again, none differs"]), "seed \(seed)")
    }

    @Test("comes to the same in small parts, and tells how far it is")
    func parts() async throws {
        let bench = try await CourseBench()
        for seed in 1...6 {
            for log in try CourseHistory(seed: UInt64(seed)).logs { try await bench.apply(log.map(\.record)) }
        }
        try await bench.finishReRuns()
        _ = try await bench.store.write { try $0.execute("UPDATE scored SET digest = x'00' WHERE age_days = 60") }
        let whole = try await Self.replay(bench.store)
        let forms = try await bench.contents().count
        #expect(whole.exitCode == 1 && whole.progress.isEmpty && whole.lines.count > 2)
        let small = Replay.Bounds(formsOfCut: 1, cutsOfTurn: 3, requestTime: .zero, linesMax: 1)
        let inParts = try await Self.replay(bench.store, small)
        #expect(inParts.lines == whole.lines && inParts.exitCode == 1)
        #expect(inParts.progress.count >= 3 && inParts.progress.allSatisfy { $0.contains(" of \(forms) forms, ") })
    }

    /// Something that somebody changed of the second form, and what a replay says then.
    enum Planted: CaseIterable {
        case digest, result, lostContent, spelling, answer, lostForm, repeatedItem, lostVersion, otherVersion, place
        case journal, lostEvent, goneForm, letters

        var sql: StaticString {
            switch self {
            case .digest: "UPDATE scored SET digest = x'00' WHERE screening = ?"
            case .result:
                """
                UPDATE scored SET content = replace(content, '"result":"none"', '"result":"outcome"')
                WHERE screening = ?
                """
            case .lostContent: "UPDATE scored SET content = '{}' WHERE screening = ?"
            case .letters: "UPDATE scored SET results = replace(results, 'n', 'u') WHERE screening = ?"
            case .spelling: "UPDATE scored SET content = content || ' ' WHERE screening = ?"
            case .answer:
                """
                UPDATE answered SET form = CAST(replace(CAST(form AS TEXT), '"no"', '"yes"') AS BLOB)
                WHERE seq = (SELECT seq FROM scored WHERE screening = ?)
                """
            case .lostForm:
                "UPDATE answered SET form = x'00' WHERE seq = (SELECT seq FROM scored WHERE screening = ?)"
            case .goneForm: "DELETE FROM answered WHERE seq = (SELECT seq FROM scored WHERE screening = ?)"
            case .repeatedItem:
                """
                UPDATE answered SET form = CAST(replace(CAST(form AS TEXT), '"m1"', '"m2"') AS BLOB)
                WHERE seq = (SELECT seq FROM scored WHERE screening = ?)
                """
            case .lostVersion: "UPDATE scored SET ruled_by = 'course/9' WHERE screening = ?"
            case .otherVersion: "UPDATE scored SET ruled_by = 'course/1' WHERE screening = ?"
            case .journal:
                """
                UPDATE outbox SET value = CAST(replace(CAST(value AS TEXT), '"result":"none"', '"result":"outcome"')
                    AS BLOB) WHERE id = (SELECT event FROM scored WHERE screening = ?)
                """
            case .lostEvent: "DELETE FROM outbox WHERE id = (SELECT event FROM scored WHERE screening = ?)"
            case .place: "UPDATE scored SET age_days = 61 WHERE screening = ?"
            }
        }

        var line: String {
            switch self {
            case .digest: " differs: the kept hash is another outcome's; now "
            case .result:
                " differs: alcohol, low-mood, its letters for the next form say otherwise, the journal says otherwise; "
                    + "now "
            case .letters: " differs: its letters for the next form say otherwise; now "
            case .lostContent: " differs: the kept outcome can't be read; now "
            case .spelling: " differs: the kept outcome is written otherwise; now "
            case .answer: " differs: acute, alcohol, low-mood; now "
            case .lostForm, .goneForm: " can't be scored again: its form can't be read"
            case .repeatedItem: " can't be scored again: its answers can't be scored"
            case .lostVersion: " can't be scored again: the version that decided it can't be used"
            case .otherVersion: " differs: decided by another version, instrument, low-mood; now "
            case .journal: " differs: the journal says otherwise; now "
            case .lostEvent: " differs: the journal doesn't hold what was said last; now "
            case .place: " can't be scored again: its form stands at another place"
            }
        }

        /// Other answers and other rules change what the third form is compared with.
        var differing: Int {
            switch self {
            case .answer, .lostVersion, .otherVersion: 2
            default: 1
            }
        }
    }

    @Test("names what was changed, and nothing else", arguments: Planted.allCases)
    func planted(planted: Planted) async throws {
        let bench = try await Self.bench()
        #expect(try await Self.replay(bench.store) == Printed(lines: ["3 forms scored again, none differs"]))
        let changed = try await bench.store.write { try $0.execute(planted.sql, .uuid(Self.screening.uuid)) }
        #expect(changed == 1)
        let after = try await Self.replay(bench.store)
        #expect(after.exitCode == 1 && after.lines.count == 1 + planted.differing, "\(after.lines)")
        #expect(after.lines.last == "3 forms scored again, \(planted.differing) differ")
        #expect(after.lines.first?.hasPrefix(Self.screening.text + planted.line) == true, "\(after.lines)")
    }

    @Test("names an instrument that isn't the one that its hash names")
    func alteredInstrument() async throws {
        let bench = try await Self.bench()
        _ = try await bench.store.write { transaction in
            try transaction.execute(
                """
                UPDATE instrument SET published = CAST(replace(CAST(published AS TEXT), '"atLeast":2', '"atLeast":3')
                    AS BLOB) WHERE version = '1'
                """)
        }
        let printed = try await Self.replay(bench.store)
        #expect(printed.exitCode == 1)
        #expect(printed.lines.contains("instrument course/1 isn't the one that its hash names"))
    }

    @Test("an empty store has nothing to differ")
    func empty() async throws {
        let printed = try await Self.replay(try await CourseBench().store)
        #expect(printed == Printed(lines: ["0 forms scored again, none differs"]))
    }

    @Test("words that are no part of a replay are refused", arguments: ["", "x", "00/2026-09-01T10:00:00Z/1/1/-1"])
    func usage(from: String) {
        #expect(throws: UsageFault.self) { try ReplayState([CommandResult.GoingOn.option, from], usage: "replay") }
    }
}
