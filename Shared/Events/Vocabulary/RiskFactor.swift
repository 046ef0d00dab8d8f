/// A risk factor of the questionnaire. Instruments are data, so others may come.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct RiskFactor: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Safety of the child at home.
    public static let childSafety = Self(rawValue: "child-safety")
    /// Worry about money.
    public static let economicWorry = Self(rawValue: "economic-worry")
    /// Low mood.
    public static let lowMood = Self(rawValue: "low-mood")
    /// Stress as a parent.
    public static let parentalStress = Self(rawValue: "parental-stress")
    /// Use of alcohol.
    public static let alcohol = Self(rawValue: "alcohol")
    /// Violence in a close relationship, now or earlier.
    public static let violence = Self(rawValue: "violence")

    /// The codes that this release knows.
    public static let known: [Self] = [.childSafety, .economicWorry, .lowMood, .parentalStress, .alcohol, .violence]
}
