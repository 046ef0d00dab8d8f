public import Events
internal import Foundation
internal import Runtime

/// Makes random events of every type: any mix of codes, present and absent members, short and empty lists. The same
/// seed makes the same events. What they say need not make sense together.
public struct EventGenerator {
    private let draw: Draw

    /// A generator of a seed.
    public init(seed: UInt64) { draw = Draw(seed: seed) }

    /// An event of a type about a child.
    public func event<Body: EventBody>(_ body: Body.Type = Body.self) throws -> Event<Body> {
        // A random body may name a place: a protected family's event must not, so another is drawn.
        for _ in 0..<16 {
            let event = Event(try draw.value(Body.Common.self, at: []), try draw.value(Body.self, at: []))
            if event.body.fault(under: event.common) == nil { return event }
        }
        return Event(try unprotected(Body.Common.self), try draw.value(Body.self, at: []))
    }

    /// The common members of an event about a family without protected identity.
    public func unprotected<Common: EventMembers>(_ common: Common.Type) throws -> Common {
        while true {
            let drawn = try draw.value(Common.self, at: [])
            if (drawn as? CommonMembers)?.restricted != true { return drawn }
        }
    }

    /// The body of a type.
    public func body<Body: EventBody>(_ body: Body.Type = Body.self) throws -> Body {
        try draw.value(Body.self, at: [])
    }

    /// A surrogate.
    public func child() -> ChildID { ChildID(draw.uuid()) }

    /// The envelope and value of an event about a child, as `service` would write it.
    public func record<Body: EventBody>(
        of event: Event<Body>, about child: ChildID, from service: ServiceName, epoch: Int = 0
    ) throws -> (envelope: Envelope, value: [UInt8]) where Body.Common == CommonMembers {
        let time = draw.timestamp()
        let envelope = Envelope(
            of: event, child: child, source: EventSource(region: event.common.region, service: service),
            trigger: .write(draw.uuid()), triggeredAt: time, recordedAt: time, epoch: epoch)
        return (envelope, try EventCodec.encode(event))
    }
}
