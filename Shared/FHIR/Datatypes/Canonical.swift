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
        let parts = text.split(separator: "|", maxSplits: 1)
        url = parts.first.map(String.init) ?? text
        version = parts.count == 2 ? String(parts[1]) : nil
    }

    /// `url|version`, or the url alone.
    public var description: String { version.map { "\(url)|\($0)" } ?? url }
}
