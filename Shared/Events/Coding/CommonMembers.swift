public import Runtime

/// The common members of an event about a child.
///
/// For a family with protected identity (`restricted`) nothing that tells a place travels: unit, municipality and the
/// actor's organisation are dropped when it is made, and a record that has one is refused (rule 8 of the domain).
public struct CommonMembers: EventMembers {
    /// When it happened in the room.
    public let occurredAt: Timestamp
    /// The region.
    public let region: String
    /// HSA-id of the unit; absent when `restricted`.
    public let unit: String?
    /// SCB code of the municipality the family lives in; absent when `restricted`.
    public let residenceMunicipality: String?
    /// In which role and organisation it was done.
    public let actor: Actor
    /// From 1.
    public let revision: Int
    /// The event that this revision takes the place of.
    public let replaces: EventID?
    /// Protected identity: of the child or either parent.
    public let restricted: Bool
    /// Whether the data are made up.
    public let synthetic: Bool
    /// Version of the registry (slots, units) that the writer went by.
    public let registryVersion: String

    /// Takes each member as it will travel; when `restricted`, drops those that tell a place.
    public init(
        occurredAt: Timestamp, region: String, unit: String?, residenceMunicipality: String?, actor: Actor,
        revision: Int = 1, replaces: EventID? = nil, restricted: Bool, synthetic: Bool, registryVersion: String
    ) {
        self.occurredAt = occurredAt
        self.region = region
        self.unit = restricted ? nil : unit
        self.residenceMunicipality = restricted ? nil : residenceMunicipality
        self.actor = restricted ? Actor(role: actor.role) : actor
        self.revision = revision
        self.replaces = replaces
        self.restricted = restricted
        self.synthetic = synthetic
        self.registryVersion = registryVersion
    }

    /// What is wrong among the members themselves.
    var fault: EventFault? {
        if revision < 1 { return EventFault(member: "revision", kind: .notAllowed) }
        guard restricted else { return nil }
        if unit != nil { return EventFault(member: "unit", kind: .withheld) }
        if residenceMunicipality != nil { return EventFault(member: "residenceMunicipality", kind: .withheld) }
        if actor.organisation != nil { return EventFault(member: "actor.organisation", kind: .withheld) }
        return nil
    }

    /// Decodes the members and holds them to the rule of protected identity.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        occurredAt = try members.decode(Timestamp.self, forKey: .occurredAt)
        region = try members.decode(String.self, forKey: .region)
        unit = try members.decodeIfPresent(String.self, forKey: .unit)
        residenceMunicipality = try members.decodeIfPresent(String.self, forKey: .residenceMunicipality)
        actor = try members.decode(Actor.self, forKey: .actor)
        revision = try members.decode(Int.self, forKey: .revision)
        replaces = try members.decodeIfPresent(EventID.self, forKey: .replaces)
        restricted = try members.decode(Bool.self, forKey: .restricted)
        synthetic = try members.decode(Bool.self, forKey: .synthetic)
        registryVersion = try members.decode(String.self, forKey: .registryVersion)
        if let fault { throw fault }
    }
}

extension CommonMembers {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        occurredAt = try object.time("occurredAt")
        region = try object.text("region")
        unit = try object.textIfAny("unit")
        residenceMunicipality = try object.textIfAny("residenceMunicipality")
        actor = try object.part("actor")
        revision = try object.whole("revision")
        replaces = try object.idIfAny("replaces")
        restricted = try object.truth("restricted")
        synthetic = try object.truth("synthetic")
        registryVersion = try object.text("registryVersion")
        if let fault { throw fault }
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        try object.member("actor", actor)
        object.member("occurredAt", occurredAt)
        object.member("region", region)
        object.member("registryVersion", registryVersion)
        object.member("replaces", ifAny: replaces?.text)
        object.member("residenceMunicipality", ifAny: residenceMunicipality)
        object.member("restricted", restricted)
        object.member("revision", revision)
        object.member("synthetic", synthetic)
        object.member("unit", ifAny: unit)
    }
}
