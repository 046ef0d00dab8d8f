public import Events
internal import Foundation

/// An event that a service is about to say: everything but what the outbox knows (id, source, time, epoch, trace).
public struct Saying: Sendable, Equatable {
    /// Its type, which also names the topic.
    public let type: EventType
    /// The subject of the fact, with `revision` its natural key.
    public let subject: String
    /// The record's key: the child's surrogate on child-keyed topics.
    public let key: String
    /// The child it is about, if any.
    public let child: ChildID?
    /// From 1.
    public let revision: Int
    /// JSON.
    public let value: [UInt8]
    /// What it follows from, where that isn't the record or write being worked on; nil in ordinary life.
    public private(set) var cause: Cause?
    /// The id under which it is said, where `Outbox.named` has told it; nil before.
    private(set) var id: UUID?

    /// Says `event`, keyed by a child.
    /// - Throws: `EventFault` when the event breaks its own rules; a fault of the program.
    public init<Body: EventBody>(_ event: Event<Body>, child: ChildID) throws where Body.Common == CommonMembers {
        self.init(event, child: child, value: try EventCodec.encode(event))
    }

    /// Says `event`, and gives an object of some of its members alone, as `EventCodec.encode(_:cutting:)` does.
    /// - Throws: `EventFault` when the event breaks its own rules; a fault of the program.
    public static func of<Body: EventBody>(
        _ event: Event<Body>, child: ChildID, cutting members: [StaticString]
    ) throws -> (saying: Saying, cut: [UInt8]) where Body.Common == CommonMembers {
        let (value, cut) = try EventCodec.encode(event, cutting: members)
        return (Saying(event, child: child, value: value), cut)
    }

    private init<Body: EventBody>(
        _ event: Event<Body>, child: ChildID, value: [UInt8]
    ) where Body.Common == CommonMembers {
        self.init(
            type: Body.type, subject: event.body.subject, key: child.text, child: child,
            revision: event.common.revision, value: value)
    }

    /// Says an event of reference data, keyed by its object.
    /// - Throws: `EventFault` when the event breaks its own rules.
    public init<Body: ReferenceBody>(_ event: Event<Body>) throws {
        self.init(
            type: Body.type, subject: event.body.subject, key: event.body.key, child: nil,
            revision: event.common.revision, value: try EventCodec.encode(event))
    }

    /// The same saying, as following from something else than what is being worked on. Its id is another one then.
    public func following(from cause: Cause) -> Saying {
        var saying = self
        saying.cause = cause
        saying.id = nil
        return saying
    }

    func named(_ id: UUID) -> Saying {
        var saying = self
        saying.id = id
        return saying
    }

    init(type: EventType, subject: String, key: String, child: ChildID?, revision: Int, value: [UInt8]) {
        self.type = type
        self.subject = subject
        self.key = key
        self.child = child
        self.revision = revision
        self.value = value
    }
}
