/// How a recipient is told.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ChannelKind: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A signed HTTP request to the municipality's system.
    public static let webhook = Self(rawValue: "webhook")
    /// The inbox pages.
    public static let inbox = Self(rawValue: "inbox")
    /// A mail that says no more than that something waits.
    public static let mail = Self(rawValue: "mail")

    /// The codes that this release knows.
    public static let known: [Self] = [.webhook, .inbox, .mail]
}
