public import Foundation

/// Where new identifiers come from. `main` passes randomness, tests a seeded source.
///
/// Both functions may be called from any thread.
public struct IdentifierSource: Sendable {
    /// A UUIDv4: carries no time. For surrogates of people, where the time of registration would tell something.
    public let random: @Sendable () -> UUID
    /// A UUIDv7 at the given time (RFC 9562 section 5.7). For everything that is written in order: time-ordered keys
    /// cost SQLite a tenth of random ones.
    public let ordered: @Sendable (Timestamp) -> UUID

    /// A source of identifiers from a source of random bits.
    public init(bits: @escaping @Sendable () -> UInt64) {
        random = { UUID(high: bits(), low: bits(), version: 4) }
        ordered = { time in UUID(time: time, randomHigh: UInt16(truncatingIfNeeded: bits()), low: bits(), version: 7) }
    }

    /// The operating system's random numbers.
    public static let system = IdentifierSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}

extension UUID {
    /// 128 bits with the version and variant of RFC 9562 put in their places.
    public init(high: UInt64, low: UInt64, version: UInt8) {
        let versioned = (high & 0xFFFF_FFFF_FFFF_0FFF) | UInt64(version) << 12
        let variant = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        self.init(bytes: versioned, variant)
    }

    /// 48 bits of time in milliseconds, then 12 and 62 bits of the caller's (RFC 9562 sections 5.7 and 5.8).
    public init(time: Timestamp, randomHigh: UInt16, low: UInt64, version: UInt8) {
        self.init(high: UInt64(bitPattern: time.milliseconds) << 16 | UInt64(randomHigh), low: low, version: version)
    }

    /// Sixteen bytes, most significant first; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(bytes: high, low)
    }

    /// Sixteen bytes, most significant first.
    public var bytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }
}
