/// Something an answer says that is no risk factor.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct Signal: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The parent asks for help.
    public static let wantsHelp = Self(rawValue: "wants-help")

    /// The codes that this release knows.
    public static let known: [Self] = [.wantsHelp]
}
