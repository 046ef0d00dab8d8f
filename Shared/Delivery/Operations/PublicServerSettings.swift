public import Configuration
public import Documents
public import Events
public import HTTPServer
internal import Telemetry

/// Where a service's public port listens, with which certificate, and which machines may call.
public struct PublicServerSettings: Sendable {
    private let listen: HostAndPort
    private let tokensFile: String
    private let certificateFile: String?
    private let keyFile: String?
    private let clientAuthoritiesFile: String?

    /// Reads the settings of one service's public port.
    public init(_ reader: inout SettingsReader, service: ServiceName) {
        listen = reader.value(
            .hostAndPort(
                "HTTP_LISTEN", default: HostAndPort(host: "127.0.0.1", port: service.publicPort),
                "where the public port listens"))
        tokensFile = reader.value(
            .path("TOKENS_FILE", "JSON with the machines that may call: name, role, scope and the token's SHA-256"))
        certificateFile = reader.value(
            Setting.path("TLS_CERTIFICATE_FILE", "certificate chain in PEM; without it the port speaks plain HTTP")
                .optional)
        keyFile = reader.value(Setting.path("TLS_KEY_FILE", "the certificate's key in PEM").optional)
        clientAuthoritiesFile = reader.value(
            Setting.path("TLS_CLIENT_CA_FILE", "authorities whose certificates clients must show").optional)
        if (certificateFile == nil) != (keyFile == nil) {
            reader.fault("TLS_CERTIFICATE_FILE", "and TLS_KEY_FILE go together")
        }
        if clientAuthoritiesFile != nil, certificateFile == nil {
            reader.fault("TLS_CLIENT_CA_FILE", "needs TLS_CERTIFICATE_FILE: clients show certificates over TLS only")
        }
    }

    /// Reads the files that the settings name, and keeps nothing of them.
    /// - Throws: everything that is wrong with them.
    public func checkFiles() throws(FileFaults) { _ = try readFiles() }

    /// Makes the server with its routes.
    /// - Throws: what is wrong with a file or a route, in a line for the operator.
    public func makeServer(
        _ groups: [RouteGroup], limits: HTTPServerLimits = HTTPServerLimits(), signIn: (any SignIn)? = nil,
        in context: ServiceContext
    ) throws -> HTTPServer {
        let (tokens, tls) = try readFiles()
        let settings = HTTPServerSettings(
            name: "public", address: .tcp(host: listen.host, port: UInt16(listen.port)), kind: .public, tls: tls,
            limits: limits)
        return try HTTPServer(
            settings, routes: groups, tokens: tokens, signIn: signIn, logger: context.logger, metrics: context.metrics)
    }

    private func readFiles() throws(FileFaults) -> (tokens: TokenDirectory, tls: HTTPServerSettings.TLS?) {
        var faults = FileFaults()
        var tokens = TokenDirectory.empty
        if let json = faults.bytes(of: tokensFile) {
            do throws(TokenDirectory.Faults) {
                tokens = try TokenDirectory(json: json)
            } catch {
                for line in error.lines { faults.add(tokensFile, line) }
            }
        }
        let tls = readTLS(&faults)
        try faults.end()
        return (tokens, tls)
    }

    private func readTLS(_ faults: inout FileFaults) -> HTTPServerSettings.TLS? {
        guard let certificateFile, let keyFile else { return nil }
        let certificate = faults.bytes(of: certificateFile)
        let key = faults.bytes(of: keyFile)
        let authorities = clientAuthoritiesFile.flatMap { faults.bytes(of: $0) }
        guard let certificate, let key else { return nil }
        let tls = HTTPServerSettings.TLS(
            certificatePEM: certificate, keyPEM: key, clientAuthoritiesPEM: authorities)
        if !tls.hasUsableKey { faults.add(certificateFile, "is no certificate in PEM with its key in \(keyFile)") }
        if let clientAuthoritiesFile, !tls.hasUsableAuthorities {
            faults.add(clientAuthoritiesFile, "holds no certificates in PEM")
        }
        return tls
    }
}
