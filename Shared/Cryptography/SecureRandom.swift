internal import COpenSSL

/// Random bytes that nobody can foretell, from libcrypto's generator, which the kernel seeds. Any thread.
public enum SecureRandom {
    /// So many random bytes.
    /// - Throws: `.randomUnavailable` when the generator can't be seeded; nothing weaker is given in its place.
    public static func bytes(_ count: Int) throws(CryptographyFailure) -> [UInt8] {
        var filled = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            filled = RAND_bytes(buffer.baseAddress, Int32(count)) == 1
            initialized = filled ? count : 0
        }
        guard filled else { throw .randomUnavailable }
        return bytes
    }
}
