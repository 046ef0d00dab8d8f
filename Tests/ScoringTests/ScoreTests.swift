import Events
import Foundation
import Instruments
import Support
import Testing

@testable import Scoring

@Suite("The score of a form")
struct ScoreTests {
    @Test("is the recorded one for each answer by itself and each pair of answers", arguments: InstrumentFiles.all)
    func pairs(path: String) throws {
        let golden = try GoldenScores(path)
        let instrument = try Instrument(golden.checked)
        let (harmless, pairs) = try golden.pairs()
        #expect(pairs.count > golden.definition.items.count * golden.definition.items.count)
        for pair in pairs {
            #expect(try instrument.score(pair.form).letters == pair.alone, "\(pair.form)")
            let among = harmless.merging(pair.form) { $1 }
            #expect(try instrument.score(among).letters == pair.amongHarmless, "\(pair.form)")
        }
    }

    @Test(
        "is the recorded one for all answers to a factor's items, each edge of its rules",
        arguments: InstrumentFiles.all)
    func edges(path: String) throws {
        let golden = try GoldenScores(path)
        let instrument = try Instrument(golden.checked)
        let recorded = try golden.ofFactors()
        for line in recorded {
            let factors = try instrument.score(line.form).factors
            #expect(factors.first { $0.factor == line.factor.factor } == line.factor, "\(line.form)")
        }
        // Each rule was met on both sides of its threshold.
        for rule in golden.definition.rules {
            let results = recorded.filter { $0.factor.factor == rule.factor }.map(\.factor.result)
            #expect(Set(results) == Set(FactorResult.allCases), "\(rule.code)")
        }
    }

    @Test("of every form of small instruments is what trying all answers comes to", arguments: [UInt64](1...8))
    func exhaustively(seed: UInt64) throws {
        var small = SmallInstruments(seed: seed)
        for _ in 0..<25 {
            let checked = small.next()
            let instrument = try Instrument(checked)
            let naive = NaiveScorer(definition: checked.published.definition)
            for form in Self.forms(of: checked.published.definition) {
                let score = try instrument.score(form)
                let isSame =
                    score.factors == naive.factors(form) && score.signals == naive.signals(form)
                    && score.acute == naive.isAcute(form)
                #expect(isSame, "seed \(seed): \(checked.published.definition) \(form)")
                if !isSame { return }
            }
        }
    }

    @Test("doesn't depend on the order of items, in the form or in the instrument", arguments: [UInt64](1...20))
    func order(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let checked = try InstrumentFiles.checked(InstrumentFiles.placeholder)
        var shuffled = checked.published
        shuffled.definition.items.shuffle(using: &random)
        for index in shuffled.definition.rules.indices {
            shuffled.definition.rules[index].triggers.shuffle(using: &random)
        }
        let answers = checked.published.definition.items.map { item in
            ItemAnswer(
                item: item.linkId, value: (NaiveScorer.answers(to: item) + [nil]).randomElement(using: &random) ?? nil)
        }
        let first = try Instrument(checked).score(answers)
        let second = try Instrument(CheckedInstrument(shuffled)).score(answers.shuffled(using: &random))
        #expect(first.signals == second.signals && first.acute == second.acute, "seed \(seed)")
        for (one, other) in zip(first.factors, second.factors) {
            #expect(
                one.result == other.result && one.rule == other.rule && Set(one.because) == Set(other.because)
                    && Set(one.unanswered) == Set(other.unanswered), "seed \(seed)")
        }
    }

    @Test("loses certainty by each answer that is left out, and never turns", arguments: [UInt64](1...60))
    func leavingOut(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var small = SmallInstruments(seed: seed)
        let instruments = try InstrumentFiles.all.map { try InstrumentFiles.checked($0) } + [small.next()]
        for checked in instruments {
            let instrument = try Instrument(checked)
            let items = checked.published.definition.items
            var form = Dictionary(
                uniqueKeysWithValues: items.map { item in
                    (item.linkId, NaiveScorer.answers(to: item).randomElement(using: &random) ?? .boolean(false))
                })
            var before = try instrument.score(form)
            for item in items.shuffled(using: &random) {
                form[item.linkId] = nil
                let after = try instrument.score(form)
                for (was, isNow) in zip(before.factors, after.factors) {
                    #expect(isNow.result == was.result || isNow.result == .unknown, "seed \(seed) \(form)")
                    #expect(isNow.unanswered.isEmpty == (isNow.result != .unknown), "seed \(seed) \(form)")
                    #expect(isNow.unanswered.allSatisfy { form[$0] == nil }, "seed \(seed) \(form)")
                }
                before = after
            }
            #expect(before.factors.allSatisfy { $0.result == .unknown && $0.because.isEmpty })
        }
    }

    @Test("of an outcome that is certain stands whatever is missing, and none is said only when nothing can change it")
    func certainty() throws {
        let instrument = try Instrument(InstrumentFiles.checked(InstrumentFiles.placeholder))
        let certain = try instrument.score(["vi-2": .code("yes")]).factors[5]
        #expect(certain.result == .outcome && certain.because == ["vi-2"] && certain.unanswered.isEmpty)
        let open = try instrument.score(["vi-1": .code("no"), "vi-2": .code("no")]).factors[5]
        #expect(open.result == .unknown && open.unanswered == ["vi-3"] && open.rule == "vi-any")
        let none = try instrument.score(["vi-1": .code("no"), "vi-2": .code("no"), "vi-3": .code("no")]).factors[5]
        #expect(none.result == .noOutcome && none.because.isEmpty && none.unanswered.isEmpty)
    }

    @Test("names the items of every rule that comes to the result, and tells why in the words of each")
    func severalRules() throws {
        var published = try CourseInstruments.published(1)
        published.definition.rules.append(
            FactorRule(
                code: "mood-maybe", factor: .lowMood, kind: .anyOf,
                triggers: [AnswerPattern(item: "a1", options: ["maybe"])]))
        let instrument = try Instrument(CheckedInstrument(published))
        let form: NaiveScorer.Form = ["a1": .code("maybe"), "m1": .code("yes"), "m2": .code("yes")]
        let mood = try instrument.score(form).factors[1]
        #expect(mood.result == .outcome && mood.because == ["a1", "m1", "m2"] && mood.rule == "mood-some")
        let answers = form.map { ItemAnswer(item: $0.key, value: $0.value) }
        let deciding = try instrument.deciding(.lowMood, mood.result, of: answers)
        #expect(deciding.map(\.rule.code) == ["mood-some", "mood-maybe"])
        #expect(deciding.map(\.counted) == [["m1", "m2"], ["a1"]] && deciding.map(\.sum) == [2...3, 1...1])
        // Of the rules that say something else nothing is told.
        let one = try instrument.score(["a1": .code("maybe"), "m1": .code("yes")]).factors[1]
        #expect(one.because == ["a1"] && one.rule == "mood-maybe")
    }

    @Test("counts nothing of a follow-up that wasn't asked, even if it was answered, and doesn't miss it")
    func followUps() throws {
        let instrument = try Instrument(InstrumentFiles.checked(InstrumentFiles.kort))
        let notAsked = try instrument.score(["k-3": .boolean(false), "k-4": .integer(14), "k-5": .code("yes")])
        #expect(notAsked.factors[1].result == .noOutcome && notAsked.factors[1].because.isEmpty && !notAsked.acute)
        let none = try instrument.score(["k-3": .boolean(false)]).factors[1]
        #expect(none.result == .noOutcome && none.unanswered.isEmpty)
        let asked = try instrument.score(["k-3": .boolean(true), "k-4": .integer(14)])
        #expect(asked.factors[1].result == .outcome && asked.factors[1].rule == "alcohol-much" && asked.acute)
        let open = try instrument.score(["k-4": .integer(9), "k-5": .code("yes")]).factors[1]
        #expect(open.result == .unknown && open.unanswered == ["k-3"])
    }

    @Test(
        "isn't made of answers that the instrument doesn't take",
        arguments: [
            ("k-9", AnswerValue.boolean(true), AnswerRefusal.Reason.itemUnknown),
            ("k-1", .code("maybe"), .optionUnknown),
            ("k-4", .integer(15), .outOfRange), ("k-4", .integer(-1), .outOfRange), ("k-3", .code("true"), .wrongType),
            ("k-1", .integer(1), .wrongType), ("k-6", .boolean(true), .itemRepeated),
        ])
    func refused(item: String, answer: AnswerValue, reason: AnswerRefusal.Reason) throws {
        let instrument = try Instrument(InstrumentFiles.checked(InstrumentFiles.kort))
        let answers = [ItemAnswer(item: "k-6", value: nil), ItemAnswer(item: item, value: answer)]
        let refusal = #expect(throws: AnswerRefusal.self) { try instrument.score(answers) }
        #expect(refusal?.reason == reason && refusal?.place == 1)
    }

    /// Every form: each item with each of its answers or none.
    private static func forms(of definition: InstrumentDefinition) -> [NaiveScorer.Form] {
        definition.items.reduce([[:]]) { forms, item in
            forms.flatMap { form in
                [form] + NaiveScorer.answers(to: item).map { form.merging([item.linkId: $0]) { $1 } }
            }
        }
    }
}
