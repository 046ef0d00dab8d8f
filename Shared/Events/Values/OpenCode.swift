/// A vocabulary that later releases may add to: a code that isn't known here is kept as it came, and compared as text.
///
/// Where a code decides what may be sent or how something counts, the vocabulary is an enum instead, and an unknown
/// code is a fault that parks the record.
public protocol OpenCode: RawRepresentable<String>, Codable, Hashable, Sendable {
    /// Any code.
    init(rawValue: String)
    /// The codes that this release knows.
    static var known: [Self] { get }
}

extension OpenCode {
    /// Whether this release knows the code.
    public var isKnown: Bool { Self.known.contains(self) }
}
