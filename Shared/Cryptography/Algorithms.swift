internal import COpenSSL

/// The algorithms, looked up in libcrypto once for the whole process.
///
/// OpenSSL 3 looks an algorithm up by name each time it isn't handed one: its one-call functions (`SHA256()`, `HMAC()`)
/// do so too, and for an event's id the search would cost more than the hash.
enum Algorithms {
    // Each points to an object that libcrypto never changes after the fetch and that lives as long as the process, so
    // that any thread may read it.
    nonisolated(unsafe) static let sha256 = required(EVP_MD_fetch(nil, "SHA256", nil))
    nonisolated(unsafe) static let hmac = required(EVP_MAC_fetch(nil, "HMAC", nil))
    nonisolated(unsafe) static let aes256GCM = required(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil))
}

/// What libcrypto owes us unless memory is out or its installation is broken. A process that can't hash can't name an
/// event either, so it ends here; no input leads to it.
func required<Value>(_ value: Value?, line: Int = #line) -> Value {
    guard let value else { preconditionFailure("libcrypto failed (line \(line)): out of memory or a broken install") }
    return value
}

/// The same for libcrypto's calls that answer 1.
func required(_ result: Int32, line: Int = #line) {
    precondition(result == 1, "libcrypto failed (line \(line)): out of memory or a broken install")
}
