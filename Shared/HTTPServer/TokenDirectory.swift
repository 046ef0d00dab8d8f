internal import Cryptography

/// The machines that may call, each with the SHA-256 of its bearer token or the subject of its certificate.
///
/// The tokens themselves are stored nowhere: a presented one is hashed and the hash looked up, so that neither the
/// file nor a difference in timing gives one away. Immutable; any thread; a lookup costs one hash.
public struct TokenDirectory: Sendable {
    private let byTokenHash: [[UInt8]: Caller]
    private let byCertificateSubject: [String: Caller]

    /// Nobody.
    public static let empty = TokenDirectory(tokens: [:], certificates: [:])

    init(tokens: [[UInt8]: Caller], certificates: [String: Caller]) {
        byTokenHash = tokens
        byCertificateSubject = certificates
    }

    /// How many machines are known.
    public var count: Int { byTokenHash.count + byCertificateSubject.count }

    /// The machine that owns the token.
    public func caller(token: String) -> Caller? {
        byTokenHash.isEmpty ? nil : byTokenHash[SHA256.hash(Array(token.utf8))]
    }

    /// The machine whose verified certificate has the subject (RFC 4514 text).
    public func caller(certificateSubject: String) -> Caller? {
        byCertificateSubject[certificateSubject]
    }
}
