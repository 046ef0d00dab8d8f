internal import Foundation
public import Runtime

extension Envelope {
    /// The envelope of an event about a child.
    ///
    /// `triggeredAt` is the trigger's own time (`eventID` says which); `recordedAt` becomes `ce_time`. A record that
    /// triggered the event is its cause.
    public init<Body>(
        of event: Event<Body>, child: ChildID, source: EventSource, trigger: Trigger, triggeredAt: Timestamp,
        recordedAt: Timestamp, epoch: Int, traceparent: String? = nil
    ) where Body.Common == CommonMembers {
        self.init(
            of: event, key: child.text, source: source, trigger: trigger, triggeredAt: triggeredAt,
            recordedAt: recordedAt, epoch: epoch, traceparent: traceparent)
    }

    /// The envelope of reference data, under the key that the body names.
    public init<Body: ReferenceBody>(
        of event: Event<Body>, source: EventSource, trigger: Trigger, triggeredAt: Timestamp, recordedAt: Timestamp,
        epoch: Int, traceparent: String? = nil
    ) {
        self.init(
            of: event, key: event.body.key, source: source, trigger: trigger, triggeredAt: triggeredAt,
            recordedAt: recordedAt, epoch: epoch, traceparent: traceparent)
    }

    private init<Body>(
        of event: Event<Body>, key: String, source: EventSource, trigger: Trigger, triggeredAt: Timestamp,
        recordedAt: Timestamp, epoch: Int, traceparent: String?
    ) {
        let id = eventID(
            time: triggeredAt, source: source, type: Body.type, subject: event.body.subject,
            revision: event.common.revision, trigger: trigger)
        self.init(
            id: id, source: source, type: Body.type.ceType, subject: event.body.subject, time: recordedAt,
            dataSchema: Body.type.dataSchema, partitionKey: key, traceparent: traceparent,
            causationID: trigger.cause, revision: event.common.revision, epoch: epoch)
    }
}

extension Trigger {
    /// The event that led to this one, when it was a record.
    fileprivate var cause: UUID? {
        if case .record(let id) = self { id } else { nil }
    }
}
