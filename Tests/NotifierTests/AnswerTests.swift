import Delivery
import Events
import Foundation
import HTTPServer
import Runtime
import Store
import Testing

@testable import Notifier

@Suite("A municipality's answer")
struct AnswerTests {
    static let therapist = Caller(
        name: "therapist-2380", role: .familyTherapist, scope: Scope(municipalities: ["2380"]))

    private func delivered(_ feedback: Feedback = .course, _ story: Story = Story(1)) async throws -> Desk {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply([
            try Story.unitChanged(), try story.recipientChanged(), try story.given(feedback: feedback),
            try story.requested(),
        ])
        try await desk.turn()
        return desk
    }

    @discardableResult
    private func take(
        _ code: ReferralAnswer, _ desk: Desk, of referral: ReferralID? = Story(1).referral,
        by caller: Caller = therapist, key: String? = nil, reason: String? = nil
    ) async throws -> TakeAnswer.Standing {
        let incoming = TakeAnswer.Incoming(
            referral: referral, answer: GivenAnswer(code: code, reason: reason, proposedTimes: []), caller: caller,
            idempotencyKey: key, write: UUID(), traceparent: nil)
        let (taking, now) = (TakeAnswer(outbox: desk.outbox), desk.clock.now)
        return try await desk.store.write { try taking.take(incoming, now: now, in: $0) }
    }

    private func status(_ body: () async throws -> Void) async throws -> Int {
        do {
            try await body()
            return 200
        } catch let problem as Problem {
            return problem.status
        }
    }

    @Test("is said once with its audit row; the same again changes nothing, another is the next revision")
    func revisions() async throws {
        let desk = try await delivered()
        let first = try await take(.accepted, desk)
        desk.clock.move(.seconds(5))
        #expect(try await take(.accepted, desk) == first)
        #expect(try await take(.done, desk).revision == 2)
        let said = try await desk.events(ReferralAnswered.self)
        #expect(said.map(\.body.answer) == [.accepted, .done])
        #expect(said.map(\.common.revision) == [1, 2])
        #expect(said.map(\.common.actor.role) == [.familyTherapist, .familyTherapist])
        #expect(said[0].body.by == Story(1).recipient)
        let audit = try await desk.store.read { scope in
            try scope.all("SELECT action, caller, child FROM audit ORDER BY seq") { row in
                [row.text(0), row.text(1), try row.uuid(2).text]
            }
        }
        let row = ["referral.answered", "therapist-2380", Story(1).child.text]
        #expect(audit == [row, row])
        #expect(try await desk.counts()["answers.done"] == 1)
        #expect(try await desk.counts()["answers.accepted"] == nil)
        #expect(try await desk.counts()["referrals.answered"] == 1)
    }

    @Test("is limited to what the feedback allows", arguments: Feedback.allCases, ReferralAnswer.allCases)
    func feedback(feedback: Feedback, answer: ReferralAnswer) async throws {
        let desk = try await delivered(feedback)
        let expected: Set<ReferralAnswer> =
            switch feedback {
            case .nothing: [.cannotTake, .wrongRecipient]
            case .contactMade: [.cannotTake, .wrongRecipient, .accepted, .contactMade, .notReached]
            case .course: Set(ReferralAnswer.allCases)
            }
        let status = try await status { try await take(answer, desk) }
        #expect(status == (expected.contains(answer) ? 200 : 422))
        #expect(try await desk.events(ReferralAnswered.self).count == (status == 200 ? 1 : 0))
    }

    @Test("tells nothing of the family when the feedback was withdrawn or the consent has expired")
    func feedbackGone() async throws {
        let desk = try await delivered()
        try await desk.apply([try Story(1).withdrawn(.feedback)])
        #expect(try await status { try await take(.done, desk) } == 422)
        #expect(try await status { try await take(.cannotTake, desk) } == 200)
        let expired = KnownConsent(
            given: .init(recipient: "r", complete: true, feedback: .course, validUntil: CalendarDay("2026-11-23")))
        #expect(FeedbackRule.feedback(under: expired, today: CalendarDay("2026-11-24")!) == .nothing)
        #expect(FeedbackRule.feedback(under: expired, today: CalendarDay("2026-11-23")!) == .course)
    }

    @Test("to a referral taken back is a conflict")
    func takenBack() async throws {
        let desk = try await delivered()
        try await desk.apply([try Story(1).withdrawn()])
        #expect(try await status { try await take(.accepted, desk) } == 409)
    }

    @Test("from somebody else is refused exactly as one to a referral that doesn't exist")
    func foreign() async throws {
        let desk = try await delivered()
        try await desk.apply([try Story(2).requested()])
        let unknown = await problem { try await take(.accepted, desk, of: Story(99).referral) }
        #expect(unknown == .forbidden)
        let others: [Caller] = [
            Caller(name: "a", role: .familyTherapist, scope: Scope(municipalities: ["2321"])),
            Caller(name: "b", role: .socialWorker, scope: Scope(municipalities: ["2380"])),
            Caller(name: "c", role: .municipalManager, scope: Scope()),
            Caller(name: "d", role: .municipalManager, scope: .region),
            Caller(name: "e", role: .nurse, scope: Scope(municipalities: ["2380"])),
        ]
        for caller in others {
            #expect(await problem { try await take(.accepted, desk, by: caller) } == unknown)
        }
        #expect(await problem { try await take(.accepted, desk, of: nil) } == unknown, "no id at all")
        #expect(
            await problem { try await take(.accepted, desk, of: Story(2).referral) } == unknown, "not released")
        let manager = Caller(name: "f", role: .municipalManager, scope: Scope(municipalities: ["2380"]))
        #expect(try await status { try await take(.accepted, desk, by: manager) } == 200)
    }

    private func problem(_ body: () async throws -> Void) async -> Problem? {
        do {
            try await body()
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test("under a key is the same answer for ever, whatever came after; the key fits no other")
    func keys() async throws {
        let desk = try await delivered()
        let first = try await take(.accepted, desk, key: "k1")
        try await take(.inProgress, desk, key: "k2")
        #expect(try await take(.accepted, desk, key: "k1") == first)
        #expect(try await status { try await take(.done, desk, key: "k1") } == 409)
        #expect(try await desk.events(ReferralAnswered.self).count == 2)
    }

    @Test(
        "is read strictly",
        arguments: [
            (#"{"answer":"accepted"}"#, 200), (#"{"answer":"cannot-take","reason":"capacity"}"#, 200),
            (#"{"answer":"accepted","proposedTimes":["2026-12-01T10:00:00+01:00"]}"#, 200), ("", 400), ("{", 400),
            ("[]", 422), (#"{}"#, 422), (#"{"answer":null}"#, 422), (#"{"answer":1}"#, 422),
            (#"{"answer":"already-known"}"#, 422), (#"{"answer":"accepted","reason":"already-known"}"#, 422),
            (#"{"answer":"cannot-take","reason":"Anna Påhittad"}"#, 422),
            (#"{"answer":"accepted","note":"x"}"#, 422),
            (#"{"answer":"accepted","proposedTimes":["imorgon"]}"#, 422),
            (#"{"answer":"accepted","proposedTimes":"2026-12-01T10:00:00Z"}"#, 422),
            (#"{"answer":"done","proposedTimes":["2026-12-01T10:00:00Z"]}"#, 422),
            (String(repeating: "[", count: 2_000), 400),
        ])
    func strict(body: String, status: Int) throws {
        do {
            _ = try AnswerBody.read(Array(body.utf8))
            #expect(status == 200)
        } catch {
            #expect(error.status == status)
            #expect(!"\(error)".contains("Påhittad") && !"\(error)".contains("already-known"))
            if status == 422 { #expect(!error.errors.isEmpty) }
        }
    }

    @Test("is never that a family is known already: no code and no reason says it")
    func neverKnown() {
        let words = ReferralAnswer.allCases.map(\.rawValue) + ReferralAnswer.allCases.flatMap(FeedbackRule.reasons)
        #expect(words.allSatisfy { !$0.contains("known") })
    }
}
