/// Where a visit is held.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct VisitPlace: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// At the unit.
    public static let clinic = Self(rawValue: "clinic")
    /// In the family's home.
    public static let home = Self(rawValue: "home")

    /// The codes that this release knows.
    public static let known: [Self] = [.clinic, .home]
}
