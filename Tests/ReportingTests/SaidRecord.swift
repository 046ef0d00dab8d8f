import Delivery
import Events
import Foundation
import Kafka
import Runtime

/// An event as the service that writes its topic would publish it.
struct SaidRecord: Sendable {
    let topic: Events.Topic
    let type: EventType
    let child: ChildID?
    let key: [UInt8]
    let headers: [Header]
    var value: [UInt8]

    /// An event about a child, recorded at the time at which it happened.
    init<Body: EventBody>(
        _ event: Event<Body>, about child: ChildID, trigger: UUID
    ) throws where Body.Common == CommonMembers {
        let writer = Catalogue.contract(for: Body.type.topic).writer
        let envelope = Envelope(
            of: event, child: child, source: EventSource(region: "23", service: writer), trigger: .write(trigger),
            triggeredAt: event.common.occurredAt, recordedAt: event.common.occurredAt, epoch: 1)
        self.init(envelope, Body.type, child: child, value: try EventCodec.encode(event))
    }

    /// Reference data.
    init<Body: ReferenceBody>(_ event: Event<Body>, trigger: UUID) throws {
        let writer = Catalogue.contract(for: Body.type.topic).writer
        let envelope = Envelope(
            of: event, source: EventSource(region: "23", service: writer), trigger: .write(trigger),
            triggeredAt: event.common.occurredAt, recordedAt: event.common.occurredAt, epoch: 1)
        self.init(envelope, Body.type, child: nil, value: try EventCodec.encode(event))
    }

    private init(_ envelope: Envelope, _ type: EventType, child: ChildID?, value: [UInt8]) {
        topic = type.topic
        self.type = type
        self.child = child
        key = Array(envelope.partitionKey.utf8)
        headers = envelope.headers(Header.init)
        self.value = value
    }

    /// The record at a place of a topic's only partition.
    func consumed(at offset: Int64) -> ConsumedRecord {
        ConsumedRecord(
            topicPartition: TopicPartition(topic: topic.name(), partition: 0), offset: offset, key: key, value: value,
            headers: headers)
    }

    /// The record on its way to a broker.
    var outgoing: OutgoingRecord { OutgoingRecord(topic: topic.name(), key: key, value: value, headers: headers) }
}
