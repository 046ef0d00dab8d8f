/// Who says something: a service of a region, as `ce_source` has it (`/barnsakert/<region>/<service>`).
public struct EventSource: Hashable, Sendable, CustomStringConvertible {
    /// The region.
    public let region: String
    /// Name of the service; a later release may have more than `ServiceName` knows.
    public let service: String

    /// A service of a region.
    public init(region: String, service: ServiceName) {
        self.region = region
        self.service = service.rawValue
    }

    /// Reads `/barnsakert/<region>/<service>`; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "barnsakert", !parts[2].isEmpty, !parts[3].isEmpty
        else { return nil }
        region = String(parts[2])
        service = String(parts[3])
    }

    /// The text in `ce_source`.
    public var text: String { "/barnsakert/\(region)/\(service)" }

    /// The text in `ce_source`.
    public var description: String { text }
}
