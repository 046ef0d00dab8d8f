/// In which role somebody, or a program, did what an event tells. Never who.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ActorRole: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A parent.
    public static let parent = Self(rawValue: "parent")
    /// A nurse of the child health centre.
    public static let nurse = Self(rawValue: "nurse")
    /// A doctor of the child health centre.
    public static let doctor = Self(rawValue: "doctor")
    /// The head of a unit.
    public static let unitManager = Self(rawValue: "unitManager")
    /// The municipality's preventive family therapist.
    public static let familyTherapist = Self(rawValue: "familyTherapist")
    /// A social worker: an authority's person.
    public static let socialWorker = Self(rawValue: "socialWorker")
    /// A head in the municipality.
    public static let municipalManager = Self(rawValue: "municipalManager")
    /// A municipality's coordinator.
    public static let localCoordinator = Self(rawValue: "localCoordinator")
    /// The region's coordinator.
    public static let regionalCoordinator = Self(rawValue: "regionalCoordinator")
    /// A program on its own: a timer or a rule.
    public static let system = Self(rawValue: "system")

    /// The codes that this release knows.
    public static let known: [Self] = [
        .parent, .nurse, .doctor, .unitManager, .familyTherapist, .socialWorker, .municipalManager, .localCoordinator,
        .regionalCoordinator, .system,
    ]
}
