import Events
import Foundation
import Runtime
import Support
import Testing

@testable import ReferralRouter

/// The state machine of a referral.
@Suite("The course of a referral")
struct ReferralCourseTests {
    /// Gravity's table of a Task's transitions, without those of the requester's drafts and errors.
    static let allowed: [ReferralState: Set<ReferralState>] = [
        .requested: [.accepted, .rejected, .cancelled],
        .accepted: [.inProgress, .onHold, .completed, .failed, .cancelled],
        .inProgress: [.onHold, .completed, .failed, .cancelled],
        .onHold: [.inProgress, .completed, .failed, .cancelled],
    ]

    @Test("every answer leads from every state only by allowed transitions, and nowhere from an end")
    func transitions() {
        for state in ReferralState.allCases {
            for answer in ReferralAnswer.allCases {
                var at = state
                for to in answer.way(from: state) {
                    #expect(Self.allowed[at]?.contains(to) == true, "\(answer) leads from \(at) to \(to)")
                    at = to
                }
                if state.isFinal { #expect(answer.way(from: state).isEmpty) }
            }
        }
    }

    @Test("every end by an answer says how it ended")
    func closings() {
        for answer in ReferralAnswer.allCases {
            let end = answer.way(from: .accepted).last ?? .accepted
            #expect(end.isFinal == (answer.closing != nil), "\(answer)")
        }
    }

    @Test("the course of an ordinary referral is told step by step")
    func ordinary() async throws {
        let (bench, _) = try await RecallTests.sent { family in
            try family.answer(.accepted)
            try family.answer(.accepted)
            try family.answer(.contactMade)
            try family.answer(.done, reason: "goal-reached")
            try family.answer(.inProgress)
        }
        let changed = try await bench.changed()
        #expect(changed.map(\.to) == [.accepted, .inProgress, .completed])
        #expect(changed.map(\.from) == [.requested, .accepted, .inProgress])
        #expect(changed.map(\.by) == Array(repeating: ActorRole.familyTherapist, count: 3))
        #expect(changed.last?.closing == .done && changed.last?.reason == "goal-reached")
        #expect(try await bench.counts()["answers.effect.ignored"] == 2)
    }

    @Test("an answer that comes before its referral is kept and takes effect with it")
    func answerFirst() async throws {
        var family = Family(seed: 44)
        try family.list()
        try family.make()
        try family.decide(.accepted)
        try family.give()
        try family.answer(.cannotTake)
        let bench = try await RouterBench()
        let answer = family.records[4]
        try await bench.apply([answer])
        #expect(try await bench.counts()["answers.effect.waiting"] == 1)
        try await bench.apply(Array(family.records.prefix(4)))
        #expect(try await bench.said().map(\.type) == ["referral.requested", "referral.changed"])
        #expect(try await bench.changed().map(\.to) == [.rejected])
        #expect(try await bench.counts()["answers.effect.waiting"] == nil)
        #expect(try await bench.counts()["answers.effect.moved"] == 1)
    }

    @Test("only what the feedback allows is told", arguments: Feedback.allCases)
    func feedback(allowed: Feedback) async throws {
        let (bench, _) = try await RoutingTests.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(feedback: allowed)
            try family.answer(.contactMade, reason: "x")
            try family.answer(.onHold)
        }
        let changed = try await bench.changed()
        switch allowed {
        case .nothing: #expect(changed.isEmpty)
        case .contactMade:
            #expect(changed.map(\.to) == [.accepted, .inProgress])
            #expect(changed.allSatisfy { $0.reason == nil })
        case .course: #expect(changed.map(\.to) == [.accepted, .inProgress, .onHold])
        }
    }

    @Test("that a recipient can't take anybody is always told", arguments: Feedback.allCases)
    func aboutRecipient(allowed: Feedback) async throws {
        let (bench, _) = try await RoutingTests.bench { family in
            try family.list()
            try family.make()
            try family.decide(.accepted)
            try family.give(feedback: allowed)
            try family.answer(.cannotTake, reason: "capacity")
        }
        let changed = try #require(try await bench.changed().first)
        #expect(changed.to == .rejected && changed.closing == .cannotTake && changed.reason == "capacity")
    }

    @Test("after feedback is withdrawn nothing more is told back, and the referral goes on")
    func feedbackWithdrawn() async throws {
        let (bench, family) = try await RecallTests.sent { family in
            try family.answer(.accepted)
            try family.withdraw(1, .feedback)
            try family.answer(.done)
        }
        #expect(try await bench.changed().map(\.to) == [.accepted])
        #expect(try await bench.standing(family.offer) == "referred")
    }
}
