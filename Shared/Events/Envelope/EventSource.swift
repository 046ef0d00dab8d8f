/// Who says something: a service of a region, as `ce_source` has it (`/barnsakert/<region>/<service>`).
public struct EventSource: Hashable, Sendable, CustomStringConvertible {
    /// The region.
    public let region: String
    /// Name of the service; a later release may have more than `ServiceName` knows.
    public let service: String
    /// The text in `ce_source`.
    public let text: String

    /// A service of a region.
    public init(region: String, service: ServiceName) {
        self.region = region
        self.service = service.rawValue
        text = "\(Self.start)\(region)/\(service.rawValue)"
    }

    /// Reads `/barnsakert/<region>/<service>`; nil for any other text.
    public init?(_ text: String) {
        let utf8 = text.utf8
        guard utf8.starts(with: Self.start.utf8), let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let region = text[..<slash].utf8.dropFirst(Self.start.utf8.count)
        let service = text[utf8.index(after: slash)...]
        guard !region.isEmpty, !region.contains(UInt8(ascii: "/")), !service.isEmpty else { return nil }
        self.region = String(Substring(region))
        self.service = String(service)
        self.text = text
    }

    private static let start = "/barnsakert/"

    /// The text in `ce_source`.
    public var description: String { text }
}
