import Cryptography
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Delivery
@testable import Scoring

/// Telling how one outcome came about.
@Suite("Explain")
struct ExplainTests {
    static func explain(_ words: String..., on store: Store) async throws -> CommandResult {
        guard case .onStore(let work) = try AskedCommand(["explain"] + words, own: [Explain.command]) else {
            throw ServiceFault(description: "explain works on the store", exitCode: 70)
        }
        return try await work(
            CommandContext(store: store, time: TimeSource { CourseHistory.now }, operatorName: "kim"))
    }

    struct Audited: Equatable {
        let action: String
        let child: UUID?
        let subject: String
        let reason: String
    }

    static func audited(_ store: Store) async throws -> [Audited] {
        try await store.read { scope in
            try scope.all("SELECT caller, role, action, child, subject, reason FROM audit ORDER BY seq") { row in
                #expect(row.text(0) == "kim" && row.text(1) == "ops")
                return Audited(
                    action: row.text(2), child: try row.uuidIfAny(3), subject: row.text(4), reason: row.text(5))
            }
        }
    }

    static let story = CourseStory()
    static let screening = story.screening(2).text

    @Test("tells versions, rules, words, what it was compared with and the hash, and no answer; audited")
    func told() async throws {
        let bench = try await ReplayTests.bench()
        let result = try await Self.explain(Self.screening, on: bench.store)
        let digest = try #require(try await bench.contents()[Self.story.screening(2)]?.digest)
        #expect(result.exitCode == 0)
        for line in [
            "screening: \(Self.screening)", "instrument: course/1 sha256 ", "decided by: course/2 sha256 ",
            "compared with: \(Self.story.screening(1).text), decided by course/1", "alcohol: none",
            "  rule: alcohol-any", "  sv: Inget utfall: ", "  en: No outcome: ",
            "  accuracy: course/2#/definition/evidence/0: Inte undersökt", "  change: gone",
            "  change: not-comparable", "signals: none", "acute: no", "outcome: revision 2, sha256 \(digest.hexText)",
            "accuracy of the form: course/2#/definition/formEvidence: Inte undersökt", "the kept outcome agrees",
        ] {
            #expect(result.lines.contains { $0.hasPrefix(line) }, "\(line) in \(result.lines)")
        }
        for item in ["answer:", "triggered", "unanswered", "a1", "m1", "svar räknas", "answer counts"] {
            // Ids and hashes may have such letters.
            let told = result.lines.filter { $0.hasPrefix("  ") || $0.hasPrefix(item) }
            #expect(!told.contains { $0.contains(item) }, "\(item) in \(told)")
        }
        #expect(
            try await Self.audited(bench.store) == [
                Audited(
                    action: "outcome.explained", child: Self.story.child.uuid, subject: "screening/\(Self.screening)",
                    reason: "")
            ])
    }

    @Test("shows answers only with a reason, which the audit keeps")
    func answers() async throws {
        let bench = try await ReplayTests.bench()
        for words in [
            ["--with-answers"], ["--with-answers", "--reason", ""], ["--with-answers", "--reason"],
            ["--with-answers", "--reason", "  "],
        ] {
            #expect(throws: UsageFault.self) {
                try AskedCommand(["explain", Self.screening] + words, own: [Explain.command])
            }
        }
        #expect(try await Self.audited(bench.store).isEmpty)
        let result = try await Self.explain(
            Self.screening, "--with-answers", "--reason", "complaint 12", on: bench.store)
        #expect(result.lines.filter { $0.hasPrefix("answer: ") }.first == "answer: a1 no")
        #expect(result.lines.contains("  triggered by: none") && result.lines.contains("  unanswered: none"))
        #expect(
            try await Self.audited(bench.store) == [
                Audited(
                    action: "outcome.explained-with-answers", child: Self.story.child.uuid,
                    subject: "screening/\(Self.screening)", reason: "complaint 12")
            ])
    }

    @Test("says that the kept outcome differs, with code 1")
    func differs() async throws {
        let bench = try await ReplayTests.bench()
        _ = try await bench.store.write { try $0.execute("UPDATE scored SET digest = x'00'") }
        let result = try await Self.explain(Self.screening, on: bench.store)
        #expect(result.exitCode == 1)
        #expect(result.lines.last == "the kept outcome differs: the kept hash is another outcome's; sha256 00")
    }

    @Test("says that a screening was taken back, and knows none that never was; both are audited")
    func others() async throws {
        let bench = try await ReplayTests.bench()
        try await bench.apply([Self.story.retraction(2, revision: 2)])
        let taken = try await Self.explain(Self.screening, on: bench.store)
        #expect(taken == CommandResult(lines: ["\(Self.screening) was taken back: wrong-child"]))
        let unknown = try await Self.explain(Self.story.screening(9).text, on: bench.store)
        #expect(unknown == CommandResult(lines: ["no such screening was scored"], exitCode: 65))
        let audited = try await Self.audited(bench.store)
        #expect(audited.map(\.child) == [Self.story.child.uuid, nil])
        #expect(audited.last?.subject == "screening/\(Self.story.screening(9).text)")
    }

    @Test("tells of a form that isn't scored why it waits")
    func waiting() async throws {
        let bench = try await CourseBench()
        let other = CourseStory(child: 2, respondent: 2)
        try await bench.apply([
            Self.story.form(1, at: 60, alcohol: "no"), Self.story.form(2, at: 120, alcohol: "no"),
        ])
        try await bench.apply([CourseStory.instrument(2, rescores: false)])
        try await bench.apply([other.form(3, at: 60, alcohol: "never", version: 2)])
        let words = [
            (1, "it waits for its instrument or a retraction (parked record 1)"),
            (2, "it waits behind another record of the child (parked record 2)"),
            (3, "it is refused: option-unknown (parked record 3)"),
        ]
        for (number, words) in words {
            let screening = Self.story.screening(number).text
            let told = try await Self.explain(screening, on: bench.store)
            #expect(told == CommandResult(lines: ["\(screening) isn't scored yet: \(words)"], exitCode: 65))
        }
        let children = try await Self.audited(bench.store).map(\.child)
        #expect(children == [Self.story.child.uuid, Self.story.child.uuid, other.child.uuid])
    }

    @Test("words that name no screening are refused", arguments: [[], ["x"], ["--with-answers"], ["x", "y"]])
    func usage(words: [String]) {
        #expect(throws: UsageFault.self) { try AskedCommand(["explain"] + words, own: [Explain.command]) }
    }
}
