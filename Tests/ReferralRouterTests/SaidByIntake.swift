import Events
import Foundation
import Kafka
import Runtime
import Support

@testable import ReferralRouter

/// A record as intake or the notifier would publish it.
struct TestRecord: Sendable {
    let topic: Topic
    let child: ChildID
    let envelope: Envelope
    let value: [UInt8]

    init<Body: EventBody>(_ event: Event<Body>, child: ChildID, recordedAt: Timestamp) throws
    where Body.Common == CommonMembers {
        topic = Body.type.topic
        self.child = child
        let service: ServiceName = Body.type.topic == .notifications ? .notifier : .intake
        let trigger = UUID(time: recordedAt, randomHigh: 1, low: 1, version: 7)
        envelope = Envelope(
            of: event, child: child, source: EventSource(region: "23", service: service), trigger: .write(trigger),
            triggeredAt: recordedAt, recordedAt: recordedAt, epoch: 1)
        value = try EventCodec.encode(event)
    }

    var headers: [Header] { envelope.headers(Header.init) }

    func consumed(offset: Int64) -> ConsumedRecord {
        ConsumedRecord(
            topicPartition: TopicPartition(topic: topic.name(), partition: 0), offset: offset,
            key: Array(child.text.utf8), value: value, headers: headers)
    }

    var outgoing: OutgoingRecord {
        OutgoingRecord(topic: topic.name(), key: Array(child.text.utf8), value: value, headers: headers)
    }
}

/// The events of one family, said one after the other. Every saying is recorded a minute after the one before.
struct Family {
    static let therapist = "2380-familjebehandlare"
    static let socialWorker = "2380-socialsekreterare"
    static let start = Timestamp(milliseconds: 1_790_000_000_000)

    let child: ChildID
    let mother: RespondentID
    let offer: OfferID
    let conversation: ConversationID
    /// Whether what is said next is about a protected family.
    var restricted = false
    private(set) var records: [TestRecord] = []
    private var revisions: [String: Int] = [:]
    private var clock = Family.start

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func uuid() -> UUID { UUID(high: generator.next(), low: generator.next(), version: 4) }
        child = ChildID(uuid())
        mother = RespondentID(uuid())
        offer = OfferID(uuid())
        conversation = ConversationID(uuid())
    }

    /// A consent's id, by its number.
    func consent(_ number: UInt64 = 1) -> ConsentID {
        ConsentID(UUID(high: offer.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, low: number, version: 4))
    }

    /// The referral that follows when each fact was right in its first revision, or in the given ones.
    func referral(offer since: Int = 1, accepted: Int = 1, consent number: UInt64 = 1, given: Int = 1) -> ReferralID {
        key(offer: since, accepted: accepted, consent: number, given: given).referral
    }

    mutating func say<Body: EventBody>(_ body: Body, at: Timestamp? = nil, by role: ActorRole = .nurse)
        throws where Body.Common == CommonMembers
    {
        let subject = "\(Body.type.name)/\(body.subject)"
        revisions[subject, default: 0] += 1
        clock = clock + .seconds(60)
        let event = Event(
            CommonMembers(
                occurredAt: at ?? clock, region: "23", unit: "SE2321000131-E000000000001",
                residenceMunicipality: "2380", actor: Actor(role: role), revision: revisions[subject] ?? 1,
                restricted: restricted, synthetic: true, registryVersion: "1"), body)
        records.append(try TestRecord(event, child: child, recordedAt: clock))
    }

    /// When the last thing was said.
    var now: Timestamp { clock }

    mutating func list(birthMonth: String = "2026-01") throws {
        guard let month = CalendarMonth(birthMonth), let since = CalendarDay("2026-02-01") else { return }
        try say(
            ChildListed(
                child: child, birthMonth: month, since: since,
                respondents: [ListedRespondent(respondent: mother, relation: .mother, guardian: .yes)],
                previousProvider: false))
    }

    mutating func talk(interpreter: Bool = false) throws {
        try say(
            ConversationRecorded(
                conversation: conversation, occasion: .visit, respondent: mother, by: .nurse,
                interpreter: interpreter, otherParentPresent: false, factors: []))
    }

    mutating func make(
        _ kind: OfferKind = .familyTherapist, recipient: String? = Family.therapist,
        factors: [RiskFactor] = [.parentalStress]
    ) throws {
        try say(
            SupportOfferMade(
                offer: offer, conversation: conversation, respondent: mother, factors: factors, kind: kind,
                recipient: restricted ? nil : recipient, suggested: []))
    }

    mutating func decide(_ decision: OfferDecision, at: Timestamp? = nil) throws {
        try say(SupportOfferDecided(offer: offer, decision: decision, via: .visit), at: at)
    }

    mutating func give(
        _ number: UInt64 = 1, about: ConsentSubject = .giver, needed: Int = 0, given: Int = 0, complete: Bool = true,
        recipient: String? = Family.therapist, giver: RespondentID? = nil,
        categories: [ConsentCategory] = [.contact, .factors, .ageBand], feedback: Feedback = .course,
        validUntil: String? = nil
    ) throws {
        try say(
            ConsentGiven(
                consent: consent(number), offer: offer, about: about, giver: giver ?? mother, guardiansNeeded: needed,
                guardiansGiven: given, recipient: restricted ? nil : recipient, purpose: "preventive-contact",
                categories: categories, feedback: feedback, form: .oral,
                validUntil: validUntil.flatMap { CalendarDay($0) }, complete: complete))
    }

    mutating func withdraw(_ number: UInt64 = 1, _ scope: WithdrawalScope = .all, at: Timestamp? = nil) throws {
        try say(ConsentWithdrawn(consent: consent(number), scope: scope), at: at, by: .parent)
    }

    mutating func answer(
        _ answer: ReferralAnswer, to referral: ReferralID? = nil, reason: String? = nil, at: Timestamp? = nil
    ) throws {
        try say(
            ReferralAnswered(
                referral: referral ?? self.referral(), answer: answer, reason: reason, proposedTimes: [],
                channel: .inbox, by: Family.therapist), at: at, by: .familyTherapist)
    }
}
