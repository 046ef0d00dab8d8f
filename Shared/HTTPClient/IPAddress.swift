internal import Foundation

/// An address of IPv4 (4 bytes) or IPv6 (16 bytes), as a name was resolved to it.
struct IPAddress: Equatable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The address in a socket address; nil for another family.
    init?(socketAddress: UnsafeRawPointer, family: Int32) {
        switch family {
        case AF_INET:
            let address = socketAddress.loadUnaligned(as: sockaddr_in.self)
            bytes = withUnsafeBytes(of: address.sin_addr) { Array($0) }
        case AF_INET6:
            let address = socketAddress.loadUnaligned(as: sockaddr_in6.self)
            bytes = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
        default: return nil
        }
    }

    /// Whether the address is one of the public Internet: not of this machine, this network, a group, or a block that
    /// IANA keeps for other ends (the special-purpose registries of RFC 6890).
    var isPublic: Bool {
        if bytes.count == 4 { return !Self.specialIPv4.contains { $0.contains(bytes) } }
        if let embedded = embeddedIPv4 { return embedded.isPublic }
        return Self.globalUnicast.contains(bytes) && !Self.specialIPv6.contains { $0.contains(bytes) }
    }

    /// An IPv4 address written as an IPv6 one: mapped (RFC 4291 section 2.5.5.2), or through NAT64 (RFC 6052).
    private var embeddedIPv4: IPAddress? {
        let prefixes: [[UInt8]] = [
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
        return prefixes.contains(Array(bytes.prefix(12))) ? IPAddress(bytes: Array(bytes.suffix(4))) : nil
    }

    private struct Block {
        let start: [UInt8]
        let bits: Int

        func contains(_ address: [UInt8]) -> Bool {
            for index in 0..<((bits + 7) / 8) {
                let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(bits - index * 8, 8))
                let wanted = index < start.count ? start[index] : 0
                if address[index] & mask != wanted & mask { return false }
            }
            return true
        }
    }

    private static let specialIPv4 = [
        Block(start: [0], bits: 8),  // this network
        Block(start: [10], bits: 8),  // private
        Block(start: [100, 64], bits: 10),  // shared by carriers
        Block(start: [127], bits: 8),  // loopback
        Block(start: [169, 254], bits: 16),  // link-local, where clouds keep their metadata
        Block(start: [172, 16], bits: 12),  // private
        Block(start: [192, 0, 0], bits: 24),  // protocol assignments
        Block(start: [192, 0, 2], bits: 24),  // documentation
        Block(start: [192, 168], bits: 16),  // private
        Block(start: [198, 18], bits: 15),  // benchmarks
        Block(start: [198, 51, 100], bits: 24),  // documentation
        Block(start: [203, 0, 113], bits: 24),  // documentation
        Block(start: [224], bits: 3),  // multicast, reserved, broadcast
    ]

    /// All that IANA has given out for unicast; loopback, link-local, site-local and unique local lie outside.
    private static let globalUnicast = Block(start: [0x20], bits: 3)

    private static let specialIPv6 = [
        Block(start: [0x20, 0x01, 0x00], bits: 23),  // protocol assignments, Teredo
        Block(start: [0x20, 0x01, 0x0D, 0xB8], bits: 32),  // documentation
        Block(start: [0x20, 0x02], bits: 16),  // 6to4, which wraps any IPv4 address
        Block(start: [0x3F, 0xFF, 0x00], bits: 20),  // documentation
    ]
}
