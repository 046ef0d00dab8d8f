/// Who says something: a service of a region, as `ce_source` has it (`/barnsakert/<region>/<service>`).
public struct EventSource: Hashable, Sendable, CustomStringConvertible {
    /// The text in `ce_source`.
    public let text: String
    /// Name of the service; a later release may have more than `ServiceName` knows.
    public var service: String { String(Substring(parts.service)) }

    /// A service of a region.
    public init(region: String, service: ServiceName) {
        text = "\(Self.start)\(region)/\(service.rawValue)"
    }

    /// Reads `/barnsakert/<region>/<service>`; nil for any other text.
    public init?(_ text: String) {
        guard text.utf8.starts(with: Self.start.utf8) else { return nil }
        self.text = text
        let (region, service) = parts
        guard !region.isEmpty, !region.contains(UInt8(ascii: "/")), !service.isEmpty else { return nil }
    }

    /// What stands before the last slash, without the start, and what stands behind it.
    private var parts: (region: Substring.UTF8View, service: Substring.UTF8View) {
        let rest = text.utf8.dropFirst(Self.start.utf8.count)
        let slash = rest.lastIndex(of: UInt8(ascii: "/")) ?? rest.startIndex
        return (rest[..<slash], rest[slash...].dropFirst())
    }

    private static let start = "/barnsakert/"

    /// The text in `ce_source`.
    public var description: String { text }
}
