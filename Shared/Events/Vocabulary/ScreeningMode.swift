/// How the questionnaire is filled in.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ScreeningMode: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// By the parent, on a tablet.
    public static let tablet = Self(rawValue: "tablet")
    /// By the parent, on paper.
    public static let paper = Self(rawValue: "paper")
    /// Read and noted by staff.
    public static let interview = Self(rawValue: "interview")

    /// The codes that this release knows.
    public static let known: [Self] = [.tablet, .paper, .interview]
}
