public import Events
public import Foundation

/// An event that a service is about to say: everything but what the outbox knows (id, source, time, epoch, trace).
public struct Saying: Sendable, Equatable {
    /// Its type, which also names the topic.
    public let type: EventType
    /// The subject of the fact, with `revision` its natural key.
    public let subject: String
    /// The record's key: the child's surrogate on child-keyed topics.
    public let key: String
    /// The child it is about, if any.
    public let child: UUID?
    /// From 1.
    public let revision: Int
    /// JSON.
    public let value: [UInt8]

    /// Says `event` about `subject`, keyed by a child.
    /// - Throws: `EncodingError`; a fault of the program.
    public init<Body: EventBody>(_ event: Event<Body>, about subject: UUID, child: UUID) throws {
        self.init(
            type: Body.type, subject: subject.text, key: child.text, child: child, revision: event.common.revision,
            value: try EventCodec.encode(event))
    }

    /// Says an event from its parts, for topics that aren't keyed by a child.
    public init(type: EventType, subject: String, key: String, child: UUID? = nil, revision: Int, value: [UInt8]) {
        self.type = type
        self.subject = subject
        self.key = key
        self.child = child
        self.revision = revision
        self.value = value
    }
}
