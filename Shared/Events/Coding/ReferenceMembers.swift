public import Runtime

/// The common members of reference data: units, lists, instruments. They are about no child and have no place.
public struct ReferenceMembers: EventMembers {
    /// From when it holds.
    public let occurredAt: Timestamp
    /// The region.
    public let region: String
    /// From 1.
    public let revision: Int
    /// The event that this revision takes the place of.
    public let replaces: EventID?
    /// Whether the data are made up.
    public let synthetic: Bool

    /// Takes each member as it will travel.
    public init(
        occurredAt: Timestamp, region: String, revision: Int = 1, replaces: EventID? = nil, synthetic: Bool
    ) {
        self.occurredAt = occurredAt
        self.region = region
        self.revision = revision
        self.replaces = replaces
        self.synthetic = synthetic
    }

    /// Decodes the members; a revision below 1 is a fault.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        occurredAt = try members.decode(Timestamp.self, forKey: .occurredAt)
        region = try members.decode(String.self, forKey: .region)
        revision = try members.decode(Int.self, forKey: .revision)
        replaces = try members.decodeIfPresent(EventID.self, forKey: .replaces)
        synthetic = try members.decode(Bool.self, forKey: .synthetic)
        if revision < 1 { throw EventFault(member: "revision", kind: .notAllowed) }
    }
}
