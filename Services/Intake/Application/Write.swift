internal import Delivery
internal import Events
internal import Foundation
internal import HTTPServer
internal import Runtime
internal import Store
internal import Telemetry

/// What the use cases work with, whoever asks.
struct Intake: Sendable {
    let registry: Registry
    let region: String
    let outbox: Outbox
    let time: TimeSource
    let ids: IdentifierSource

    /// Something that happened may be recorded so long before it happened: clocks differ.
    static let clockTolerance = Duration.seconds(300)
}

/// One HTTP write: who asks, when, and the trigger of everything that is said because of it.
struct Write: Sendable {
    let intake: Intake
    let caller: Caller
    let now: Timestamp
    let cause: Cause

    init(_ intake: Intake, _ request: Request) {
        self.intake = intake
        caller = request.caller
        now = intake.time.now()
        cause = Cause(trigger: .write(intake.ids.ordered(now)), time: now, traceparent: request.trace.traceparent)
    }

    /// A new id that sorts by the time of this write: keys in order cost the store a tenth of random ones.
    func newID<Subject>() -> Identifier<Subject> { Identifier(intake.ids.ordered(now)) }

    /// In which role the caller does what an event tells.
    var role: ActorRole {
        switch caller.role {
        case .nurse: .nurse
        case .doctor: .doctor
        case .tablet: .parent
        default: .system
        }
    }

    /// Says something about a child.
    /// - Returns: the event's id.
    @discardableResult
    func say<Body: EventBody>(
        _ body: Body, about child: Child, at occurredAt: Timestamp, by role: ActorRole? = nil, revision: Int = 1,
        replaces: EventID? = nil, in transaction: Transaction
    ) throws -> EventID where Body.Common == CommonMembers {
        let event = Event(common(child, at: occurredAt, by: role, revision: revision, replaces: replaces), body)
        return try say(Saying(event, child: child.id), in: transaction)
    }

    /// Says what was made ready before.
    @discardableResult
    func say(_ saying: Saying, in transaction: Transaction) throws -> EventID {
        EventID(try intake.outbox.say(saying, because: cause, now: now, in: transaction))
    }

    /// The common members of an event about a child. A protected family's tell no place: they see to that themselves.
    func common(
        _ child: Child, at occurredAt: Timestamp, by role: ActorRole? = nil, revision: Int = 1, replaces: EventID? = nil
    ) -> CommonMembers {
        let role = role ?? self.role
        return CommonMembers(
            occurredAt: occurredAt, region: intake.region, unit: child.unit, residenceMunicipality: child.residence,
            actor: Actor(role: role, organisation: role == .parent ? nil : child.unit), revision: revision,
            replaces: replaces, restricted: child.isRestricted, synthetic: child.isSynthetic,
            registryVersion: intake.registry.version)
    }

    /// Leaves an audit row: who did what to whose data.
    func audit(_ action: String, _ child: ChildID, _ subject: String, in transaction: Transaction) throws {
        try AuditTrail.append(
            AuditEntry(
                at: now, caller: caller.name, role: caller.role.rawValue, action: action, child: child.uuid,
                subject: subject), in: transaction)
    }

    /// Whether the caller may act for the child: its unit is in the caller's scope, and no care provider's wall between
    /// (DESIGN 4.13).
    func mayActFor(_ child: Child) -> Bool {
        guard let unit = child.unit else { return caller.scope.wholeRegion }
        return mayActFor(unit: unit)
    }

    /// Whether the caller may act for a unit.
    func mayActFor(unit id: String) -> Bool {
        guard caller.mayActFor(unit: id), let unit = intake.registry.unit(id) else { return false }
        return caller.scope.careProvider == nil || caller.mayActFor(careProvider: unit.careProvider)
    }

    /// The child, if there is one and the caller may act for it.
    /// - Throws: 422 at the place that names it, 403.
    func child(_ id: ChildID, at pointer: String = "#/child", in store: ReadScope) throws -> Child {
        guard let child = try ChildTable.find(id, in: store) else {
            throw Problem.unprocessable("No such child.", errors: [.init("is not a child listed here", at: pointer)])
        }
        guard mayActFor(child) else { throw Problem.forbidden }
        return child
    }

    /// Refuses what has not happened yet.
    func refuseFuture(_ instant: Timestamp, at pointer: String) throws {
        guard instant <= now + Intake.clockTolerance else {
            throw Problem.unprocessable(
                "This has not happened yet.", errors: [.init("lies in the future", at: pointer)])
        }
    }
}
