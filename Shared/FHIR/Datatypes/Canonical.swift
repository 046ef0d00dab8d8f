/// A canonical reference to a definition: its url, and mostly its version behind a bar.
public struct Canonical: Sendable, Hashable, CustomStringConvertible {
    /// The url of the definition.
    public var url: String
    /// The version; nil means whichever is current.
    public var version: String?

    /// A canonical reference from its parts.
    public init(url: String, version: String?) {
        self.url = url
        self.version = version
    }

    /// Reads `url` or `url|version`.
    public init(_ text: String) {
        guard let bar = text.utf8.firstIndex(of: UInt8(ascii: "|")) else {
            self.init(url: text, version: nil)
            return
        }
        self.init(url: String(text[..<bar]), version: String(text[text.utf8.index(after: bar)...]))
    }

    /// `url|version`, or the url alone.
    public var description: String { version.map { "\(url)|\($0)" } ?? url }
}
