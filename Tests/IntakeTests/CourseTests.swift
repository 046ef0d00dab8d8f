import Events
import Foundation
import HTTPClient
import Runtime
import Store
import Support
import Testing

@testable import Delivery
@testable import Intake

@Suite("What other services said")
struct CourseTests {
    static let child = ChildID(UUID(high: 7, low: 7, version: 4))
    static let offer = OfferID(UUID(high: 8, low: 8, version: 7))
    static let referral = ReferralID(UUID(high: 9, low: 9, version: 8))

    static func event<Body: EventBody>(_ body: Body, revision: Int = 1) throws -> ReceivedEvent
    where Body.Common == CommonMembers {
        let common = CommonMembers(
            occurredAt: IntakeUnderTest.now, region: "23", unit: nil, residenceMunicipality: nil,
            actor: Actor(role: .system), revision: revision, restricted: false, synthetic: true, registryVersion: "1")
        let event = Event(common, body)
        let envelope = Envelope(
            of: event, child: child, source: EventSource(region: "23", service: .referralRouter),
            trigger: .write(UUID()), triggeredAt: IntakeUnderTest.now, recordedAt: IntakeUnderTest.now, epoch: 0)
        return ReceivedEvent(
            envelope: envelope, topic: Body.type.topic, value: try EventCodec.encode(event), child: child)
    }

    /// An offer that waited, was sent, taken on and closed.
    static func course() throws -> [ReceivedEvent] {
        [
            try event(ReferralHeld(offer: offer, reason: .awaitingGuardian, taskFor: .nurse)),
            try event(
                ReferralRequested(
                    referral: referral, referenceNumber: "BS-1", thread: ThreadID(UUID()), offer: offer,
                    consent: ConsentID(UUID()), recipient: "ft-2309", kind: .familyTherapist, urgency: .routine,
                    language: "sv", interpreter: false, contactListVersion: "1", ruleVersion: "1")),
            try event(
                ReferralChanged(referral: referral, from: .requested, to: .accepted, by: .familyTherapist)),
            try event(
                ReferralChanged(
                    referral: referral, from: .accepted, to: .completed, by: .familyTherapist, closing: .done),
                revision: 2),
        ]
    }

    static func apply(_ events: [ReceivedEvent], to store: Store) async throws {
        let handler = KnowCourse()
        try await store.write { transaction in
            for event in events {
                guard let input = try handler.decode(event) else { continue }
                guard case .done(let changes, _, _) = try handler.decide(input, of: event, knowing: ()) else {
                    continue
                }
                for change in changes { try handler.apply(change, of: event, in: transaction) }
            }
        }
    }

    @Test("any order of a referral's course ends in the same state", arguments: 0..<24)
    func orders(number: Int) async throws {
        var rest = try Self.course()
        var events: [ReceivedEvent] = []
        var choice = number
        for left in stride(from: 4, to: 0, by: -1) {
            events.append(rest.remove(at: choice % left))
            choice /= left
        }
        let temporary = try await IntakeUnderTest.openStore()
        try await Self.apply(events, to: temporary.store)
        let (referral, counts) = try await temporary.store.read { store in
            (try CourseTables.referral(for: Self.offer, in: store), try IntakeCounts.read(store))
        }
        #expect(referral?.state == "completed" && referral?.closing == "done" && referral?.referenceNumber == "BS-1")
        let named = Dictionary(counts.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(named["referrals.completed"] == 1 && named["referrals.held"] == 0)
    }

    @Test("an outcome is read by the nurse once it is scored, with its latest revision, and audited")
    func outcome() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let screening = try #require(visit.screenings[0].screening)
            let path = "/v1/screenings/\(screening)/outcome"
            let before = try await intake.send(.get, path)
            #expect(before.status == 200 && !before.text.contains("factors"))
            for revision in [2, 1] {
                let factor = FactorOutcome(
                    factor: .lowMood, result: revision == 2 ? .outcome : .noOutcome, because: ["lm-1"], unanswered: [],
                    rule: "lm-any", change: .first)
                let stress = FactorOutcome(
                    factor: .parentalStress, result: .noOutcome, because: [], unanswered: [], rule: "ps-two",
                    change: .first)
                let scored = try Self.event(
                    OutcomeScored(
                        screening: screening, visit: visit.visit, slot: "10m", respondent: family.mother,
                        instrument: IntakeUnderTest.instrument.reference, factors: [factor, stress],
                        signals: [.wantsHelp], acute: false, cause: .answered), revision: revision)
                let received = ReceivedEvent(
                    envelope: scored.envelope, topic: .outcomes, value: scored.value, child: family.child)
                try await Self.apply([received], to: intake.store)
            }
            let after = try await intake.send(.get, path)
            #expect(after.text.contains(#""result":"outcome""#), "\(after)")
            #expect(after.text.contains("Utfall: "), "\(after)")
            let shown = "sensitivitet 89 %, specificitet 64 %; jämfört med standardiserade instrument; bland 611"
            #expect(after.text.contains(shown), "\(after)")
            #expect(after.text.contains(#""specificityWithin":{"high":91,"low":64}"#), "of stress: \(after)")
            for figure in [#""sensitivity":{"percent":93}"#, #""positivePredictiveValue":{"percent":67}"#] {
                #expect(after.text.contains(figure), "of the form as a whole: \(after)")
            }
            #expect(after.text.contains("Inte undersökt"), "of the signal: \(after)")
            #expect(try await intake.send(.get, path, token: "tablet").status == 403)
            #expect(try await intake.send(.get, path, token: "private-nurse").status == 403)
            let reads = try await intake.store.read {
                try $0.count("SELECT count(*) FROM audit WHERE action = 'outcome.read'")
            }
            #expect(reads == 2)
        }
    }

    @Test("an outcome that was taken back is shown no more, in whichever order the events come", arguments: 0..<6)
    func retractedOutcome(number: Int) async throws {
        let screening = ScreeningID(UUID(high: 3, low: 3, version: 7))
        func scored(revision: Int, _ result: FactorResult) throws -> ReceivedEvent {
            try Self.event(
                OutcomeScored(
                    screening: screening, visit: VisitID(UUID(high: 4, low: 4, version: 7)), slot: "10m",
                    respondent: RespondentID(UUID(high: 5, low: 5, version: 4)),
                    instrument: IntakeUnderTest.instrument.reference,
                    factors: [
                        FactorOutcome(
                            factor: .lowMood, result: result, because: [], unanswered: [], rule: "r", change: .first)
                    ], signals: [], acute: false, cause: .answered), revision: revision)
        }
        let retracted = try Self.event(OutcomeRetracted(screening: screening, reason: .wrongChild), revision: 2)
        let first = try scored(revision: 1, .outcome)
        let again = try scored(revision: 3, .noOutcome)
        // Each of the orders is also looked at before the form comes again.
        let orders = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        let events = orders[number].map { [first, retracted, again][$0] }
        let temporary = try await IntakeUnderTest.openStore()
        var seen: Set<Int> = []
        for (event, place) in zip(events, orders[number]) {
            try await Self.apply([event], to: temporary.store)
            seen.insert(place)
            let (shown, counts) = try await temporary.store.read { store in
                (try CourseTables.outcome(of: screening, in: store)?.event, try IntakeCounts.read(store))
            }
            let named = Dictionary(counts.map { ($0.name, $0.value) }) { first, _ in first }
            let expected = seen.contains(2) ? again.value : seen.contains(1) ? nil : first.value
            #expect(shown == expected, "after \(seen.sorted())")
            #expect(named["outcomes.known"] == (expected == nil ? 0 : 1))
            #expect(named["outcomes.with-outcome"] == (expected == first.value ? 1 : 0))
        }
    }

    @Test("every recorded event of a released version that intake reads is understood")
    func recorded() throws {
        for contract in Catalogue.topicsRead(by: .intake) {
            for type in EventType.facts where type.topic == contract.contract.topic {
                let fixture = try EventFixture.recorded(type)
                let envelope = try Envelope(headers: fixture.headers)
                let event = ReceivedEvent(
                    envelope: envelope, topic: fixture.topic, value: fixture.value, child: envelope.child)
                #expect(try KnowCourse().decode(event) != nil, "\(type.name)")
            }
        }
    }
}
