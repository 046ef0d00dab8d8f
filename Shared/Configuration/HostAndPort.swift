/// A host by name or address, and a port.
public struct HostAndPort: Sendable, Hashable, CustomStringConvertible {
    /// A name, an IPv4 address, or an IPv6 address without brackets.
    public let host: String
    /// 0 where the system may choose.
    public let port: Int

    /// Puts the two together.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port`, an IPv6 address in brackets; nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "[" || $0 == "]" || $0 == "/" }) else {
            return nil
        }
        self.init(host: String(host), port: Int(port))
    }

    /// `host:port`, as it is read.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Setting where Value == HostAndPort {
    /// A host and a port with a colon between.
    public static func hostAndPort(_ key: String, default fallback: HostAndPort? = nil, _ about: String) -> Setting {
        Setting(
            key, rule: "host:port, an IPv6 address in brackets", fallback: fallback, shown: fallback?.description,
            standIn: HostAndPort(host: "", port: 0), about: about
        ) { HostAndPort($0) }
    }
}
