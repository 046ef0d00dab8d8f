internal import COpenSSL

/// Whether two secrets are equal, in a time that depends on their length only. Different lengths are not equal, and
/// that is found out at once: compare hashes where the length is secret too.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
