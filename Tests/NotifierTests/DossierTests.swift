import Events
import Foundation
import Runtime
import Testing

@testable import Notifier

@Suite("What follows from a referral's file")
struct DossierTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let follows: [Dossier.Step]
        var state: PlannedDelivery.State?
        var isUnderWay = false
        var mayHaveArrived = false
        var withdrawn = false
        var standing = ReferralStanding.open
        var recallExists = false
    }

    static let id = Notice.requested.delivery(of: Story(1).referral)
    static let taken = ReferralStanding.recalled(at: Story.start)

    static let rows: [Row] = [
        Row(testDescription: "a new referral is to be told of", follows: [.open(.requested, .waiting)]),
        Row(
            testDescription: "one withdrawn before it came is never told of", follows: [.open(.requested, .stopped)],
            withdrawn: true),
        Row(
            testDescription: "one closed before it came is never told of", follows: [.open(.requested, .stopped)],
            standing: .closed),
        Row(testDescription: "one that waits goes on waiting", follows: [], state: .waiting),
        Row(
            testDescription: "a withdrawal stops what waits", follows: [.stop(id)], state: .waiting, withdrawn: true),
        Row(
            testDescription: "what may have arrived is recalled, too",
            follows: [.stop(id), .open(.recalled, .waiting)],
            state: .waiting, mayHaveArrived: true, withdrawn: true),
        Row(
            testDescription: "an attempt under way is let be", follows: [], state: .waiting, isUnderWay: true,
            withdrawn: true),
        Row(
            testDescription: "what was delivered is recalled", follows: [.open(.recalled, .waiting)],
            state: .delivered, mayHaveArrived: true, standing: taken),
        Row(
            testDescription: "once is enough", follows: [], state: .delivered, mayHaveArrived: true, withdrawn: true,
            standing: taken, recallExists: true),
        Row(
            testDescription: "what the recipient closed itself isn't recalled", follows: [], state: .delivered,
            mayHaveArrived: true, standing: .closed),
        Row(
            testDescription: "a closed referral is told of no more", follows: [.stop(id)], state: .waiting,
            mayHaveArrived: true, standing: .closed),
        Row(
            testDescription: "what was given up without a trace isn't recalled", follows: [], state: .exhausted,
            withdrawn: true),
        Row(
            testDescription: "what was given up and may have arrived is", follows: [.open(.recalled, .waiting)],
            state: .exhausted, mayHaveArrived: true, withdrawn: true),
    ]

    @Test("as the table says", arguments: rows)
    func follows(row: Row) {
        let request = AttemptCheckTests.request
        func delivery(_ notice: Notice, _ state: PlannedDelivery.State) -> PlannedDelivery {
            PlannedDelivery(
                id: notice.delivery(of: request.referral), notice: notice, state: state, isUnderWay: row.isUnderWay,
                mayHaveArrived: row.mayHaveArrived)
        }
        let dossier = Dossier(
            request: request, standing: row.standing,
            consent: KnownConsent(withdrawnAt: row.withdrawn ? Story.start : nil),
            requested: row.state.map { delivery(.requested, $0) },
            recalled: row.recallExists ? delivery(.recalled, .waiting) : nil)
        #expect(dossier.whatFollows() == row.follows)
    }

    @Test(
        "how a referral stands follows from its state and how it ended",
        arguments: [
            (ReferralState.accepted, nil, ReferralStanding.open), (.inProgress, nil, .open), (.onHold, nil, .open),
            (.completed, .done, .closed), (.rejected, .cannotTake, .closed), (.failed, .notReached, .closed),
            (.failed, .consentWithdrawn, taken), (.cancelled, nil, taken), (.enteredInError, nil, taken),
        ] as [(ReferralState, Events.Closing?, ReferralStanding)])
    func standing(state: ReferralState, closing: Events.Closing?, standing: ReferralStanding) {
        let changed = ReferralChanged(
            referral: Story(1).referral, from: .requested, to: state, by: .system, closing: closing)
        #expect(ReferralStanding(changed, at: Story.start) == standing)
    }

    @Test("a delivery's id follows from the referral and the notice, and has no dots")
    func ids() {
        let one = Notice.requested.delivery(of: Story(1).referral)
        #expect(one == Notice.requested.delivery(of: Story(1).referral))
        #expect(one != Notice.recalled.delivery(of: Story(1).referral))
        #expect(one != Notice.requested.delivery(of: Story(2).referral))
        #expect(!one.text.contains("."))
        #expect(one.uuid.uuidString.dropFirst(14).first == "8")
    }
}
