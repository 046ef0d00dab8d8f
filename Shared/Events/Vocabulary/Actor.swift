/// The role and organisation in which something was done; the person is in intake's audit only.
public struct Actor: Codable, Hashable, Sendable {
    /// The role.
    public var role: ActorRole
    /// HSA-id or organisation number; absent for a parent, and where the place is withheld.
    public var organisation: String?

    /// Takes each member as it will travel.
    public init(
        role: ActorRole, organisation: String? = nil
    ) {
        self.role = role
        self.organisation = organisation
    }
}

extension Actor: EventPart {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(role: try object.code("role"), organisation: try object.textIfAny("organisation"))
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("organisation", ifAny: organisation)
        object.member("role", role.rawValue)
    }
}
