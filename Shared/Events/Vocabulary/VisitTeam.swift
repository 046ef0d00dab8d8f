/// Who meets the family at a visit.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct VisitTeam: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The nurse.
    public static let nurse = Self(rawValue: "nurse")
    /// Nurse and doctor together.
    public static let nurseAndDoctor = Self(rawValue: "nurse+doctor")

    /// The codes that this release knows.
    public static let known: [Self] = [.nurse, .nurseAndDoctor]
}
