internal import Testing

@testable internal import Families

@Suite("Synthetic families keep the published rates")
struct PublishedRatesTests {
    @Test("with the form used at 88 % of the visits that are possible", arguments: [1, 2, 20_261_124] as [UInt64])
    func used(seed: UInt64) throws {
        let visits = try Demonstration(seed: seed).plans.filter(\.unit.isLive).flatMap(\.visits)
        let used = visits.count { visit in visit.marks.values.contains(where: \.isAnswered) }
        // The protected family always answers, so that its course can be followed.
        #expect(abs(Double(used) / Double(visits.count) - 0.88) < 0.01)
    }

    @Test("with an outcome on 52 % of the answered forms", arguments: [1, 2, 20_261_124] as [UInt64])
    func outcomes(seed: UInt64) throws {
        let facts = try Demonstration(seed: seed).facts
        let share = Double(facts[.withOutcome] ?? 0) / Double(facts[.answered] ?? 1)
        #expect(abs(share - 0.52) < 0.01)
    }

    @Test("with both parents at half of the visits", arguments: [1, 2, 20_261_124] as [UInt64])
    func parents(seed: UInt64) throws {
        let visits = try Demonstration(seed: seed).plans.flatMap(\.visits)
        #expect(abs(visits.count { $0.present.count == 2 } * 2 - visits.count) <= 1)
    }

    @Test("with joint visits in 2 % of the participating families", arguments: [1, 2, 20_261_124] as [UInt64])
    func jointVisits(seed: UInt64) throws {
        let facts = try Demonstration(seed: seed).facts
        #expect(abs(Double(facts[.jointVisits] ?? 0) - 0.02 * Double(facts[.participating] ?? 0)) <= 0.5)
    }

    @Test("and hold every course that a demonstration must show", arguments: [1, 2, 20_261_124] as [UInt64])
    func courses(seed: UInt64) throws {
        let demonstration = try Demonstration(seed: seed)
        let offers = demonstration.plans.flatMap(\.visits).flatMap(\.marks.values).compactMap { mark in
            if case .answered(let form) = mark { form.conversation?.offer?.course } else { nil }
        }
        for course in PlannedOffer.Course.allCases.prefix(8) { #expect(offers.count { $0 == course } == 1) }
        let facts = demonstration.facts
        #expect(facts[.heldRestricted] == 1)
        #expect(facts[.awaitingGuardian] == 1)
        #expect(facts[.consentsWithdrawn] == 2)
        #expect(facts[.recalled] == 1)
    }

    @Test("and are the same again by the same seed, and others by another")
    func repeatable() throws {
        let documents = try Demonstration(seed: 7).families.map { $0.steps.map(\.document) }
        #expect(try Demonstration(seed: 7).families.map { $0.steps.map(\.document) } == documents)
        #expect(try Demonstration(seed: 8).families.map { $0.steps.map(\.document) } != documents)
    }
}
