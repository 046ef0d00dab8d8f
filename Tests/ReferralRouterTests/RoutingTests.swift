import Events
import Foundation
import Runtime
import Support
import Testing

@testable import ReferralRouter

/// What becomes of an offer, rule by rule.
@Suite("Routing an offer")
struct RoutingTests {
    /// A bench that has read what `tell` says of a family.
    static func bench(
        recipients: Recipients = .ofTests, _ tell: (inout Family) throws -> Void
    ) async throws -> (RouterBench, Family) {
        var family = Family(seed: 42)
        try tell(&family)
        let bench = try await RouterBench(recipients: recipients)
        try await bench.apply(family.records)
        return (bench, family)
    }

    @Test("an accepted offer with a complete consent that names its recipient becomes exactly one referral")
    func requested() async throws {
        let (bench, family) = try await Self.bench { family in
            try family.list()
            try family.talk(interpreter: true)
            try family.make(factors: [.parentalStress, .childSafety])
            try family.decide(.accepted)
            try family.give()
        }
        let referral = try #require(try await bench.requested().first)
        #expect(try await bench.said().map(\.type) == ["referral.requested"])
        #expect(referral.referral == family.referral())
        #expect(referral.offer == family.offer && referral.consent == family.consent())
        #expect(referral.recipient == Family.therapist && referral.kind == .familyTherapist)
        #expect(referral.interpreter && referral.language == "und")
        // About herself nothing of the child's goes but the age band.
        #expect(referral.factors == [.parentalStress])
        #expect(referral.ageBand == "7-12m")
        #expect(referral.contactListVersion == "7" && referral.ruleVersion == "1")
        #expect(ReferenceNumber(referral.referenceNumber) != nil)
        let counts = try await bench.counts()
        #expect(counts["referrals.requested"] == 1 && counts["offers.kind.family-therapist"] == 1)
    }

    @Test("without the category neither factors nor age band go")
    func categories() async throws {
        let (bench, _) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(categories: [.contact, ConsentCategory(rawValue: "later")])
        }
        let referral = try #require(try await bench.requested().first)
        #expect(referral.factors == nil && referral.ageBand == nil)
    }

    @Test(
        "a decision that is no yes sends nothing", arguments: [OfferDecision.declined, .considering, .withdrawn])
    func noYes(decision: OfferDecision) async throws {
        let (bench, family) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(decision)
            try family.give()
        }
        #expect(try await bench.said().isEmpty)
        #expect(try await bench.standing(family.offer) == "nothing")
    }

    @Test("what goes to nobody sends nothing", arguments: [OfferKind.bvcFollowUp, .signpost, .care])
    func goesToNobody(kind: OfferKind) async throws {
        let (bench, _) = try await Self.bench { family in
            try family.list()
            try family.make(kind)
            try family.decide(.accepted)
            try family.give()
        }
        #expect(try await bench.said().isEmpty)
    }

    @Test("a family therapist and a social worker never stand in for each other")
    func noStandIn() async throws {
        for (kind, recipient) in [
            (OfferKind.socialWorker, Family.therapist), (.familyTherapist, Family.socialWorker),
            (.jointVisit, Family.socialWorker),
        ] {
            let (bench, _) = try await Self.bench { family in
                try family.list()
                try family.make(kind, recipient: recipient)
                try family.decide(.accepted)
                try family.give(recipient: recipient)
            }
            #expect(try await bench.requested().isEmpty)
            #expect(try await bench.held().map(\.reason) == [.noRecipient])
        }
    }

    @Test("a consent that names another recipient than the offer sends nothing")
    func otherRecipient() async throws {
        let (bench, _) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(recipient: Family.socialWorker)
        }
        #expect(try await bench.requested().isEmpty)
        #expect(try await bench.held().map(\.reason) == [.consentIncomplete])
    }

    @Test("a consent about another parent's offer sends nothing")
    func otherGiver() async throws {
        let (bench, _) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(giver: RespondentID(UUID(high: 9, low: 9, version: 4)))
        }
        #expect(try await bench.requested().isEmpty)
    }

    @Test("until every guardian has consented it is held for the nurse, then it goes by itself")
    func secondGuardian() async throws {
        let (bench, family) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(about: .both, needed: 2, given: 1, complete: false)
        }
        #expect(
            try await bench.held()
                == [ReferralHeld(offer: family.offer, reason: .awaitingGuardian, taskFor: .nurse)])
        #expect(try await bench.counts()["referrals.held.awaiting-guardian"] == 1)
        var later = family
        try later.give(about: .both, needed: 2, given: 2)
        try await bench.apply(later.records)
        #expect(try await bench.requested().map(\.referral) == [family.referral(given: 2)])
        #expect(try await bench.counts()["referrals.held"] == 0)
    }

    @Test("a consent that its writer calls complete although a guardian is missing is not")
    func miscounted() async throws {
        let (bench, _) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(about: .child, needed: 2, given: 1, complete: true)
        }
        #expect(try await bench.requested().isEmpty)
    }

    @Test("a consent that had run out when everything else was there sends nothing; a longer one does")
    func runOut() async throws {
        let (bench, family) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.give(validUntil: "2026-09-20")
            try family.decide(.accepted)
        }
        // The family's clock begins on 2026-09-21.
        #expect(try await bench.held().map(\.reason) == [.consentIncomplete])
        var later = family
        try later.give(validUntil: "2027-01-31")
        try await bench.apply(later.records)
        #expect(try await bench.requested().count == 1)
    }

    @Test("a protected family's offer is held, without place, whichever event tells that it is protected")
    func protected() async throws {
        let steps: [(inout Family) throws -> Void] = [
            { try $0.list() }, { try $0.make() }, { try $0.decide(.accepted) },
        ]
        for protected in steps.indices {
            let (bench, _) = try await Self.bench { family in
                for (index, step) in steps.enumerated() {
                    family.restricted = index == protected
                    try step(&family)
                }
                family.restricted = false
                try family.give()
            }
            #expect(try await bench.requested().isEmpty)
            let held = try #require(try await bench.said().last?.decoded(ReferralHeld.self))
            #expect(held.body.reason == .restricted && held.body.taskFor == .nurse)
            #expect(held.common.restricted && held.common.unit == nil && held.common.residenceMunicipality == nil)
        }
    }

    @Test("a referral whose family becomes protected is taken back, and held")
    func becomesProtected() async throws {
        let (bench, _) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give()
            family.restricted = true
            try family.list()
        }
        let changed = try #require(try await bench.changed().first)
        #expect(changed.to == .cancelled && changed.reason == "restricted" && changed.closing == nil)
        #expect(try await bench.held().map(\.reason) == [.restricted])
    }

    @Test("an offer whose recipient the file lacks is held until a start with a file that has it")
    func laterRecipient() async throws {
        let (bench, family) = try await Self.bench(recipients: Recipients(lists: [], recipients: [])) { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give()
        }
        #expect(
            try await bench.held()
                == [ReferralHeld(offer: family.offer, reason: .noRecipient, taskFor: .localCoordinator)])
        try await bench.restart(with: .ofTests)
        #expect(try await bench.requested().map(\.referral) == [family.referral()])
        try await bench.restart(with: .ofTests)
        #expect(try await bench.said().count == 2)
    }

    @Test("the same records again change nothing and say nothing")
    func repetition() async throws {
        let (bench, family) = try await Self.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give()
            try family.answer(.accepted)
        }
        let said = try await bench.said()
        try await bench.apply(family.records)
        #expect(try await bench.said() == said)
    }
}
