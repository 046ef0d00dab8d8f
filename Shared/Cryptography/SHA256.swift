internal import COpenSSL

/// SHA-256 (FIPS 180-4). Any thread; never fails; one copy of the input is read, none is made.
public enum SHA256 {
    /// The length of a hash.
    public static let hashBytes = 32

    /// The hash of the bytes. Made for short inputs: an event's id is one call, about a fifth of a microsecond.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        hash(bytes.span.bytes)
    }

    /// The hash of bytes that somebody else holds: a slice, a `Data`, a string's UTF-8.
    public static func hash(_ bytes: RawSpan) -> [UInt8] {
        newHash { hash in
            bytes.withUnsafeBytes { bytes in
                required(EVP_Digest(bytes.baseAddress, bytes.count, hash, nil, Algorithms.sha256, nil))
            }
        }
    }

    /// The hash of the parts one after the other, as if they were one. Where a part ends leaves no trace: who needs it
    /// puts a delimiter or a length between them.
    public static func hash(parts: [[UInt8]]) -> [UInt8] {
        var hasher = Hasher()
        for part in parts { hasher.update(part) }
        return hasher.finish()
    }

    /// A hash in the making, for input that comes piece by piece. Belongs to one task at a time.
    public struct Hasher: ~Copyable {
        private let context: OpaquePointer

        /// A hash of nothing yet.
        public init() {
            context = required(EVP_MD_CTX_new())
            required(EVP_DigestInit_ex2(context, Algorithms.sha256, nil))
        }

        deinit { EVP_MD_CTX_free(context) }

        /// Takes in the next bytes.
        public mutating func update(_ bytes: [UInt8]) {
            update(bytes.span.bytes)
        }

        /// Takes in the next bytes, that somebody else holds.
        public mutating func update(_ bytes: RawSpan) {
            bytes.withUnsafeBytes { required(EVP_DigestUpdate(context, $0.baseAddress, $0.count)) }
        }

        /// The hash of all that was taken in.
        public consuming func finish() -> [UInt8] {
            SHA256.newHash { required(EVP_DigestFinal_ex(context, $0, nil)) }
        }
    }

    private static func newHash(_ fill: (UnsafeMutablePointer<UInt8>?) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: hashBytes) { buffer, count in
            fill(buffer.baseAddress)
            count = hashBytes
        }
    }
}
