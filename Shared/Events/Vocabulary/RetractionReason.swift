/// Why what was said of a form is taken back: it was never this parent's form at this visit.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct RetractionReason: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was noted on another child.
    public static let wrongChild = Self(rawValue: "wrong-child")
    /// Somebody else answered.
    public static let wrongRespondent = Self(rawValue: "wrong-respondent")
    /// It was a test.
    public static let test = Self(rawValue: "test")
    /// It should never have been entered.
    public static let enteredInError = Self(rawValue: "entered-in-error")

    /// The codes that this release knows.
    public static let known: [Self] = [.wrongChild, .wrongRespondent, .test, .enteredInError]
}
