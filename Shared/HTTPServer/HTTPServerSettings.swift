/// Where and how a server listens.
public struct HTTPServerSettings: Sendable {
    /// The place clients connect to.
    public enum Address: Sendable, Equatable {
        /// A host's name or numeric address; port 0 lets the system choose one.
        case tcp(host: String, port: UInt16)
        /// A socket in the file system that only the process's own user may connect to (mode 0600). A socket file
        /// that is there already is replaced; any other file is not.
        case unix(path: String)
    }

    /// Certificate and key for TLS 1.2 and 1.3.
    public struct TLS: Sendable {
        /// The server's certificate and the intermediates above it, PEM.
        public let certificatePEM: [UInt8]
        /// The private key, PEM.
        public let keyPEM: [UInt8]
        /// The authorities of client certificates, PEM. When set, a request over a connection without a valid client
        /// certificate is refused with 403.
        public let clientAuthoritiesPEM: [UInt8]?

        /// TLS with these documents.
        public init(certificatePEM: [UInt8], keyPEM: [UInt8], clientAuthoritiesPEM: [UInt8]? = nil) {
            self.certificatePEM = certificatePEM
            self.keyPEM = keyPEM
            self.clientAuthoritiesPEM = clientAuthoritiesPEM
        }
    }

    /// Whom the server serves.
    public enum Kind: Sendable {
        /// Callers who sign in.
        case `public`
        /// Health endpoints and commands: `.probe` routes are allowed. Listens on loopback unless set otherwise.
        case operations
    }

    /// What logs and threads call the server.
    public let name: String
    /// Where it listens.
    public let address: Address
    /// Whom it serves.
    public let kind: Kind
    /// TLS; nil listens in the clear.
    public let tls: TLS?
    /// Its bounds.
    public let limits: HTTPServerLimits

    /// Settings of one server.
    public init(
        name: String, address: Address, kind: Kind, tls: TLS? = nil, limits: HTTPServerLimits = HTTPServerLimits()
    ) {
        self.name = name
        self.address = address
        self.kind = kind
        self.tls = tls
        self.limits = limits
    }
}

/// Why a server does not listen.
public struct HTTPServerFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was refused, by whom, and what the operator can do.
    public let description: String
    /// The system's error number, when the system refused.
    public let errorNumber: Int32?

    init(_ description: String, errorNumber: Int32? = nil) {
        self.description = description
        self.errorNumber = errorNumber
    }
}
