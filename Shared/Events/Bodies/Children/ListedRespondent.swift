/// One person who may answer for this child. The id is this child's only, so that siblings can't be joined.
public struct ListedRespondent: Codable, Hashable, Sendable {
    /// Surrogate.
    public var respondent: RespondentID
    /// What they are to the child.
    public var relation: Relation
    /// Whether they have custody.
    public var guardian: Guardianship

    /// Takes each member as it will travel.
    public init(
        respondent: RespondentID, relation: Relation, guardian: Guardianship
    ) {
        self.respondent = respondent
        self.relation = relation
        self.guardian = guardian
    }
}

/// What a respondent is to the child.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct Relation: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Mother.
    public static let mother = Self(rawValue: "mother")
    /// Father.
    public static let father = Self(rawValue: "father")
    /// The other parent.
    public static let otherParent = Self(rawValue: "other-parent")
    /// Step-parent.
    public static let stepParent = Self(rawValue: "step-parent")
    /// Foster parent.
    public static let fosterParent = Self(rawValue: "foster-parent")
    /// Somebody else.
    public static let other = Self(rawValue: "other")

    /// The codes that this release knows.
    public static let known: [Self] = [.mother, .father, .otherParent, .stepParent, .fosterParent, .other]
}

/// Whether a respondent has custody. Decides whose consent is needed.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum Guardianship: String, Codable, CaseIterable, Sendable {
    /// Has custody.
    case yes
    /// Has not.
    case no
    /// Nobody has asked: no consent about the child is complete.
    case unknown
}
