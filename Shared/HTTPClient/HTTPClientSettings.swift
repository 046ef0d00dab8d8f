internal import Foundation

/// How a client speaks. Every limit has its default here and nowhere else.
public struct HTTPClientSettings: Sendable {
    /// Transfers that run at once. More wait for their turn in the order of their calls.
    public var concurrentTransfersMax = 8
    /// Transfers that run at once to one origin (scheme, host and port), so that a slow receiver holds up itself only.
    public var transfersPerOriginMax = 4
    /// Calls that may wait for a turn; beyond it `send` fails with `.overloaded`.
    public var waitingTransfersMax = 256
    /// From call to last byte, waiting included.
    public var timeout: Duration = .seconds(15)
    /// Until the connection stands, names resolved and TLS agreed.
    public var connectTimeout: Duration = .seconds(5)
    /// The largest body of an answer.
    public var responseBytesMax = 1 << 20
    /// The `User-Agent`.
    public var userAgent = "BarnSakert"
    /// Whether to connect to addresses that aren't public: this machine, this network, reserved ones. Off, a URL that
    /// somebody else chose can't be used to reach what only this machine reaches (server-side request forgery).
    public var allowsPrivateAddresses = false
    /// Speak through this socket, whatever host the URL names; at most 107 bytes.
    public var unixSocketPath: String?
    /// Certificates to trust, PEM; nil: the system's.
    public var authoritiesFile: String?
    /// Our own certificate and what leads to its authority, PEM.
    public var certificateFile: String?
    /// The key of our certificate, PEM without a pass phrase.
    public var keyFile: String?

    /// The defaults.
    public init() {}

    /// - Throws: `.unusableSetting` for a limit below 1, a file that can't be read, a certificate without its key, a
    ///   socket path too long.
    func check() throws(HTTPClientFailure) {
        let counts = [concurrentTransfersMax, transfersPerOriginMax, waitingTransfersMax, responseBytesMax]
        guard counts.allSatisfy({ $0 > 0 }), timeout > .zero, connectTimeout > .zero else {
            throw .unusableSetting(.limit)
        }
        guard PreparedRequest.isFieldValue(userAgent) else { throw .unusableSetting(.userAgent) }
        // sockaddr_un has room for 107 bytes and the zero that ends them.
        guard (unixSocketPath?.utf8.count ?? 1) <= 107, unixSocketPath != "" else {
            throw .unusableSetting(.socketPath)
        }
        guard (certificateFile == nil) == (keyFile == nil) else { throw .unusableSetting(.certificate) }
        for (file, setting) in [
            (authoritiesFile, HTTPClientFailure.Setting.authorities),
            (certificateFile, .certificate), (keyFile, .key),
        ] {
            if let file, access(file, R_OK) != 0 { throw .unusableSetting(setting) }
        }
    }
}
