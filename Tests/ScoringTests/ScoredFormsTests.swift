import Delivery
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Scoring

/// Forms in a real store: what they are compared with, and how many there are.
@Suite("Scored forms")
struct ScoredFormsTests {
    /// Forms of a few respondents in any order of age, some of them amended once or twice.
    private func records(seed: UInt64) throws -> [(record: (Event<AnswersSubmitted>), child: ChildID, trigger: UUID)] {
        var random = SeededGenerator(seed: seed)
        var forms = SeededForms(seed: seed)
        var all: [(record: Event<AnswersSubmitted>, child: ChildID, trigger: UUID)] = []
        for _ in 0..<12 {
            let child = ChildID(UUID(high: random.next(), low: random.next(), version: 4))
            let respondent = RespondentID(forms.uuid())
            let count = Int.random(in: 1...6, using: &random)
            for age in [50, 300, 550, 750, 1100, 1500].shuffled(using: &random).prefix(count) {
                var form = try forms.form(of: child, respondent, ageDays: age, revision: 1)
                let screening = form.body.screening
                for revision in 1...Int.random(in: 1...3, using: &random) {
                    all.append((form, child, forms.uuid()))
                    form = try forms.form(of: child, respondent, ageDays: age, revision: revision + 1)
                    form.body.screening = screening
                }
            }
        }
        return all
    }

    @Test("are counted as many as there are, amended and erased ones too", arguments: [1, 2, 3] as [UInt64])
    func counted(seed: UInt64) async throws {
        let bench = try await CourseBench()
        try await bench.apply([IntakeStandIn.record(SeededForms.instrument)])
        let all = try records(seed: seed)
        for (form, child, trigger) in all {
            try await bench.apply([IntakeStandIn.record(form, child: child, trigger: trigger)])
        }
        try await expectCounts(bench)
        let gone = try #require(all.first).child.uuid
        try await bench.store.write { transaction in
            _ = try ScoringService.definition.erasure.erase(child: gone, in: transaction)
        }
        try await expectCounts(bench)
    }

    private func expectCounts(_ bench: CourseBench) async throws {
        let (counts, rows) = try await bench.store.read { scope in
            (
                try ScoringCounts.read(scope),
                [
                    Count("forms.scored", try scope.count("SELECT count(*) FROM scored")),
                    Count("forms.with-outcome", try scope.count("SELECT count(*) FROM scored WHERE has_outcome = 1")),
                ]
            )
        }
        #expect(Array(counts.prefix(2)) == rows)
        let (said, inOutbox) = try await bench.store.read { scope in
            (try scope.tally("outbox", "outcome.scored"), try scope.count("SELECT count(*) FROM outbox"))
        }
        #expect(said == inOutbox)
        let (inbox, records) = try await bench.store.read { scope in
            (try scope.tally("inbox", "records"), try scope.count("SELECT count(*) FROM inbox"))
        }
        #expect(inbox == records)
    }

    @Test("take as many steps of SQLite in a large store as in a small one, and scan no table")
    func steps() async throws {
        let bench = try await CourseBench()
        try await bench.apply([IntakeStandIn.record(SeededForms.instrument)])
        var forms = SeededForms(seed: 7)
        /// Two forms of so many respondents each, the second one compared with the first; the work of the last ten.
        func apply(_ respondents: Int) async throws -> (steps: Int, scanned: Int) {
            var before = (steps: 0, scanned: 0)
            for number in 0..<respondents {
                if number == respondents - 10 { before = try await bench.work() }
                let (child, respondent) = (ChildID(forms.uuid()), RespondentID(forms.uuid()))
                for age in [50, 300] {
                    var form = try forms.form(of: child, respondent, ageDays: age, revision: 1)
                    // Counting outcomes takes steps too.
                    form.body.answers = ["a1", "m1", "m2", "m3"].map { ItemAnswer(item: $0, value: .code("yes")) }
                    try await bench.apply([IntakeStandIn.record(form, child: child, trigger: forms.uuid())])
                }
            }
            let after = try await bench.work()
            return (after.steps - before.steps, after.scanned - before.scanned)
        }
        let small = try await apply(20)
        let large = try await apply(1_500)
        #expect(small.steps > 0 && large.steps == small.steps, "\(small) \(large)")
        #expect(small.scanned == 0 && large.scanned == 0)
    }

    @Test("are each compared with the one before in age, whatever order they came in", arguments: [4, 5] as [UInt64])
    func compared(seed: UInt64) async throws {
        let bench = try await CourseBench()
        try await bench.apply([IntakeStandIn.record(SeededForms.instrument)])
        for (form, child, trigger) in try records(seed: seed).filter({ $0.record.common.revision == 1 }) {
            try await bench.apply([IntakeStandIn.record(form, child: child, trigger: trigger)])
        }
        // The last word on each form, by respondent and age.
        var last: [ScreeningID: Event<OutcomeScored>] = [:]
        for said in try await bench.said() {
            let outcome: Event<OutcomeScored> = try EventCodec.decode(from: said.value)
            last[outcome.body.screening] = outcome
        }
        let ages = try await bench.store.read { scope in
            try scope.all("SELECT screening, age_days FROM scored") { (ScreeningID(try $0.uuid(0)), $0.int(1)) }
        }
        let age = Dictionary(uniqueKeysWithValues: ages)
        for (_, outcomes) in Dictionary(grouping: last.values, by: \.body.respondent) {
            let course = outcomes.sorted { age[$0.body.screening, default: 0] < age[$1.body.screening, default: 0] }
            #expect(course[0].body.factors.allSatisfy { $0.change == .first })
            for (before, after) in zip(course, course.dropFirst()) {
                for (earlier, later) in zip(before.body.factors, after.body.factors) {
                    let expected: FactorChange =
                        switch (earlier.result, later.result) {
                        case (.outcome, .outcome), (.noOutcome, .noOutcome): .persisting
                        case (.outcome, .noOutcome): .gone
                        case (.noOutcome, .outcome): .new
                        default: .notComparable
                        }
                    #expect(later.change == expected)
                }
            }
        }
    }
}
