/// A key for AES-256-GCM with the name by which sealed values call it.
///
/// Prints as its id only, so that no log or failed test shows the key.
public struct SealingKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The length of a key.
    public static let keyBytes = 32

    /// The name: 1 to 32 of letters, digits, `.`, `_` and `-`; public, it stands before every sealed value.
    public let id: String
    let bytes: [UInt8]

    /// A key of 32 bytes.
    public init(id: String, bytes: [UInt8]) throws(CryptographyFailure) {
        try self.init(id: id, bytes: bytes, line: 1)
    }

    /// A new key from the system's random numbers.
    public static func random(id: String) throws(CryptographyFailure) -> SealingKey {
        try SealingKey(id: id, bytes: try SecureRandom.bytes(keyBytes))
    }

    init(id: String, bytes: [UInt8], line: Int) throws(CryptographyFailure) {
        guard (1...32).contains(id.utf8.count), id.utf8.allSatisfy(Self.isAllowedInID) else {
            throw .unusableKey(line: line, .id)
        }
        guard bytes.count == Self.keyBytes else { throw .unusableKey(line: line, .length) }
        self.id = id
        self.bytes = bytes
    }

    /// The id.
    public var description: String { "SealingKey(\(id))" }

    /// The id.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }

    private static func isAllowedInID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
