import Delivery
import Events
import Foundation
import Kafka
import Runtime

@testable import Notifier

/// One family's records and what they build on, as the other services would write them.
struct Story: Sendable {
    static let start = Timestamp(milliseconds: 1_790_000_000_000)
    static let unit = "SE2321000131-E000000001001"

    let child: ChildID
    let consent: ConsentID
    let referral: ReferralID
    let recipient: String
    let referenceNumber: String

    init(_ number: UInt64, recipient: String = "familjebehandlare-2380") {
        child = ChildID(UUID(high: number, low: 1, version: 4))
        consent = ConsentID(UUID(high: number, low: 2, version: 7))
        referral = ReferralID(UUID(high: number, low: 3, version: 7))
        self.recipient = recipient
        referenceNumber = "JH-\(number)"
    }

    /// A record with its topic.
    struct Record: Sendable {
        let topic: Topic
        let envelope: Envelope
        var value: [UInt8]

        func consumed(at offset: Int64) -> ConsumedRecord {
            ConsumedRecord(
                topicPartition: TopicPartition(topic: topic.name(), partition: 0), offset: offset,
                key: Array(envelope.partitionKey.utf8), value: value,
                headers: envelope.headers(Header.init))
        }

        var outgoing: OutgoingRecord {
            OutgoingRecord(
                topic: topic.name(), key: Array(envelope.partitionKey.utf8), value: value,
                headers: envelope.headers(Header.init))
        }
    }

    func given(
        complete: Bool = true, feedback: Feedback = .course, recipient named: String? = nil, validUntil: String? = nil,
        revision: Int = 1
    ) throws -> Record {
        try record(
            ConsentGiven(
                consent: consent, offer: OfferID(child.uuid), about: .both, giver: RespondentID(child.uuid),
                guardiansNeeded: 2, guardiansGiven: complete ? 2 : 1, recipient: named ?? recipient,
                purpose: "preventive-contact", categories: [.contact], feedback: feedback, form: .oral,
                validUntil: validUntil.flatMap { CalendarDay($0) }, complete: complete),
            from: .intake, revision: revision, at: Self.start)
    }

    func withdrawn(
        _ scope: WithdrawalScope = .all, at time: Timestamp = start + .seconds(60), revision: Int = 1
    ) throws -> Record {
        try record(ConsentWithdrawn(consent: consent, scope: scope), from: .intake, revision: revision, at: time)
    }

    func requested(sealed: SealedEnvelope? = nil) throws -> Record {
        try record(
            ReferralRequested(
                referral: referral, referenceNumber: referenceNumber, thread: ThreadID(child.uuid),
                offer: OfferID(child.uuid), consent: consent, recipient: recipient, kind: .familyTherapist,
                urgency: .routine, language: "sv", interpreter: false, sealed: sealed, contactListVersion: "1",
                ruleVersion: "1"),
            from: .referralRouter, at: Self.start + .seconds(1))
    }

    func changed(
        to state: ReferralState, closing: Events.Closing? = nil, at time: Timestamp = start + .seconds(70),
        revision: Int = 1
    ) throws -> Record {
        try record(
            ReferralChanged(referral: referral, from: .requested, to: state, by: .system, closing: closing),
            from: .referralRouter, revision: revision, at: time)
    }

    /// The recipient as its coordinator wrote it.
    func recipientChanged(
        channels: [ChannelKind] = [.webhook, .inbox], kind: RecipientKind = .familyTherapist,
        municipality: String = "2380", revision: Int = 1
    ) throws -> Record {
        try Self.reference(
            RecipientChanged(
                recipient: recipient, municipality: municipality, kind: kind, staff: [],
                channels: channels.map { RecipientChannel(kind: $0) }),
            from: .referralRouter, revision: revision)
    }

    static func unitChanged(phone: String = "+46 63 00 00 00", revision: Int = 1) throws -> Record {
        try reference(
            UnitChanged(
                unit: unit, name: "BVC Påhittad", careProvider: "2321000131", municipality: "2380", phase: .regular,
                teamSlots: [], languages: ["sv"], tablets: 1, phone: phone),
            from: .intake, revision: revision)
    }

    private static func reference<Body: ReferenceBody>(
        _ body: Body, from service: ServiceName, revision: Int
    ) throws -> Record {
        let event = Event(
            ReferenceMembers(occurredAt: start, region: "23", revision: revision, synthetic: true), body)
        let envelope = Envelope(
            of: event, source: EventSource(region: "23", service: service),
            trigger: .write(UUID(high: 9, low: UInt64(revision), version: 7)), triggeredAt: start, recordedAt: start,
            epoch: 1)
        return Record(topic: Body.type.topic, envelope: envelope, value: try EventCodec.encode(event))
    }

    private func record<Body: EventBody>(
        _ body: Body, from service: ServiceName, revision: Int = 1, at time: Timestamp
    ) throws -> Record where Body.Common == CommonMembers {
        let event = Event(
            CommonMembers(
                occurredAt: time, region: "23", unit: Self.unit, residenceMunicipality: "2380",
                actor: Actor(role: .nurse), revision: revision, restricted: false, synthetic: true,
                registryVersion: "1"), body)
        let envelope = Envelope(
            of: event, child: child, source: EventSource(region: "23", service: service),
            trigger: .write(UUID(high: 8, low: UInt64(revision), version: 7)), triggeredAt: time, recordedAt: time,
            epoch: 1)
        return Record(topic: Body.type.topic, envelope: envelope, value: try EventCodec.encode(event))
    }

    /// Everything that lets the referral be told of.
    func whole() throws -> [Record] {
        [try Self.unitChanged(), try recipientChanged(), try given(), try requested()]
    }
}
