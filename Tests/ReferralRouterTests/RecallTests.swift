import Events
import Foundation
import Runtime
import Support
import Testing

@testable import ReferralRouter

/// What happens when something that a referral follows from ends.
@Suite("Taking a referral back")
struct RecallTests {
    static func sent(_ tell: (inout Family) throws -> Void) async throws -> (RouterBench, Family) {
        try await RoutingTests.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give()
            try tell(&family)
        }
    }

    @Test("a consent withdrawn after sending takes the referral back, and says so")
    func withdrawnAfter() async throws {
        let (bench, family) = try await Self.sent { try $0.withdraw() }
        #expect(
            try await bench.changed() == [
                ReferralChanged(
                    referral: family.referral(), from: .requested, to: .cancelled, by: .parent,
                    reason: "consent-withdrawn", closing: .consentWithdrawn)
            ])
        #expect(try await bench.counts()["referrals.recalled"] == 1)
        #expect(try await bench.standing(family.offer) == "awaiting-consent")
    }

    @Test("a consent withdrawn before sending sends nothing")
    func withdrawnBefore() async throws {
        let (bench, _) = try await RoutingTests.bench { family in
            try family.list()
            try family.make()
            try family.give()
            try family.withdraw()
            try family.decide(.accepted)
        }
        #expect(try await bench.said().isEmpty)
    }

    @Test("a held offer whose consent is withdrawn waits no longer")
    func withdrawnWhileHeld() async throws {
        let (bench, _) = try await RoutingTests.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(about: .child, needed: 2, given: 1, complete: false)
            try family.withdraw()
        }
        #expect(try await bench.counts()["offers.standing.awaiting-consent"] == 1)
        // What was said stays said: it is the withdrawal that tells readers.
        #expect(try await bench.counts()["referrals.held"] == 1)
    }

    @Test("a changed decision takes the referral back", arguments: [OfferDecision.declined, .withdrawn, .considering])
    func changedDecision(decision: OfferDecision) async throws {
        let (bench, _) = try await Self.sent { try $0.decide(decision) }
        let changed = try #require(try await bench.changed().first)
        #expect(changed.to == .cancelled && changed.closing == .familyDeclined)
        #expect(changed.reason == "offer-\(decision.rawValue)")
    }

    @Test("a yes again after a no is another referral of the same thread")
    func yesAgain() async throws {
        let (bench, family) = try await Self.sent { family in
            try family.decide(.declined)
            try family.decide(.accepted)
        }
        let requested = try await bench.requested()
        #expect(requested.map(\.referral) == [family.referral(), family.referral(accepted: 3)])
        #expect(Set(requested.map(\.thread)).count == 1)
        #expect(Set(requested.map(\.referenceNumber)).count == 2)
    }

    @Test("a yes said twice is one yes")
    func yesTwice() async throws {
        let (bench, _) = try await Self.sent { try $0.decide(.accepted) }
        #expect(try await bench.said().count == 1)
    }

    @Test("a new consent after a withdrawal is another referral")
    func newConsent() async throws {
        let (bench, family) = try await Self.sent { family in
            try family.withdraw()
            try family.give(2)
        }
        #expect(try await bench.requested().map(\.referral) == [family.referral(), family.referral(consent: 2)])
    }

    @Test("a longer validity or another feedback leaves the referral alone")
    func prolonged() async throws {
        let (bench, _) = try await Self.sent { try $0.give(feedback: .contactMade, validUntil: "2028-01-01") }
        #expect(try await bench.said().count == 1)
    }

    @Test("an offer corrected to other factors takes back what told the wrong ones")
    func correctedOffer() async throws {
        let (bench, family) = try await Self.sent { try $0.make(factors: [.lowMood]) }
        #expect(try await bench.changed().map(\.reason) == ["offer-changed"])
        #expect(try await bench.requested().map(\.referral) == [family.referral(), family.referral(offer: 2)])
    }

    @Test("what was given before the withdrawal counts, whichever topic was read first")
    func answerBeforeWithdrawal() async throws {
        var family = Family(seed: 43)
        try family.list()
        try family.make()
        try family.decide(.accepted)
        try family.give()
        let sent = family.records
        let answeredAt = family.now + .seconds(30)
        try family.withdraw()
        try family.answer(.done, at: answeredAt)
        let (withdrawal, answer) = (family.records[4], family.records[5])
        for order in [[withdrawal, answer], [answer, withdrawal]] {
            let bench = try await RouterBench()
            try await bench.apply(sent + order)
            let last = try #require(try await bench.changed().last)
            #expect(last.to == .completed && last.closing == .done)
        }
    }

    @Test("what is answered after the withdrawal counts for nothing: the referral stays taken back")
    func answerAfterWithdrawal() async throws {
        let (bench, family) = try await Self.sent { family in
            try family.withdraw()
            try family.answer(.done)
        }
        #expect(try await bench.ending(of: family.referral()) == "cancelled consent-withdrawn")
        #expect(try await bench.counts()["answers.effect.late"] == 1)
    }

    @Test("an answer given after a withdrawal that is read later is put right")
    func answerReadBeforeWithdrawal() async throws {
        var family = Family(seed: 45)
        try family.list()
        try family.make()
        try family.decide(.accepted)
        try family.give()
        try family.withdraw()
        try family.answer(.done)
        let records = family.records
        let bench = try await RouterBench()
        try await bench.apply([0, 1, 2, 3, 5, 4].map { records[$0] })
        #expect(try await bench.changed().map(\.to) == [.accepted, .completed, .cancelled])
        #expect(try await bench.changed().last?.reason == "order-corrected")
    }
}
