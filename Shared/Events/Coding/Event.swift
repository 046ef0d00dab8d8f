public import Runtime

/// A fact as it travels: the common members and the body's own on one flat JSON object.
///
/// Members that a release doesn't know are ignored, so that writers may add some.
public struct Event<Body: EventBody>: Codable, Equatable, Sendable {
    /// When, where, in which role; which revision.
    public var common: Body.Common
    /// What happened.
    public var body: Body

    /// An event of its two parts.
    public init(_ common: Body.Common, _ body: Body) {
        self.common = common
        self.body = body
    }

    /// Decodes both parts from one object.
    public init(from decoder: any Decoder) throws {
        common = try Body.Common(from: decoder)
        body = try Body(from: decoder)
    }

    /// Encodes both parts on one object.
    public func encode(to encoder: any Encoder) throws {
        try common.encode(to: encoder)
        try body.encode(to: encoder)
    }
}

/// The members of one type of event, beside the common ones. A plain value; member names are the names on the wire.
public protocol EventBody: EventPart {
    /// The common members that the type carries.
    associatedtype Common: EventMembers = CommonMembers
    /// The type.
    static var type: EventType { get }
    /// What the fact is about, as `ce_subject` has it. Type, subject and revision together are the fact's natural key.
    var subject: String { get }
    /// What the body must not carry under these common members; nil when all is well. Asked on writing and reading.
    func fault(under common: Common) -> EventFault?
}

extension EventBody {
    /// Nothing to object to.
    public func fault(under common: Common) -> EventFault? { nil }
}

/// The body of an event on a compacted topic: it knows its record's key.
public protocol ReferenceBody: EventBody where Common == ReferenceMembers {
    /// Key of the record; compaction keeps the last one of each.
    var key: String { get }
}

/// What all events carry.
public protocol EventMembers: EventPart {
    /// When it happened in the room, not when it was recorded.
    var occurredAt: Timestamp { get }
    /// The region, as in `ce_source`.
    var region: String { get }
    /// From 1; a correction is the same type and subject with the next revision.
    var revision: Int { get }
    /// The event that this revision takes the place of.
    var replaces: EventID? { get }
    /// Whether the data are made up.
    var synthetic: Bool { get }
}
