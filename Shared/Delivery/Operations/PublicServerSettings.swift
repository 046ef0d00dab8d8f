public import Configuration
public import Events
internal import Foundation
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
    }

    /// Makes the server with its routes.
    /// - Throws: what is wrong with a file or a route, in a line for the operator.
    public func makeServer(
        _ groups: [RouteGroup], limits: HTTPServerLimits = HTTPServerLimits(), signIn: (any SignIn)? = nil,
        in context: ServiceContext
    ) throws -> HTTPServer {
        let tokens = try TokenDirectory(json: try Self.bytes(of: tokensFile))
        var tls: HTTPServerSettings.TLS?
        if let certificateFile, let keyFile {
            tls = HTTPServerSettings.TLS(
                certificatePEM: try Self.bytes(of: certificateFile), keyPEM: try Self.bytes(of: keyFile),
                clientAuthoritiesPEM: try clientAuthoritiesFile.map(Self.bytes))
        }
        let settings = HTTPServerSettings(
            name: "public", address: .tcp(host: listen.host, port: UInt16(listen.port)), kind: .public, tls: tls,
            limits: limits)
        return try HTTPServer(
            settings, routes: groups, tokens: tokens, signIn: signIn, logger: context.logger, metrics: context.metrics)
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw ServiceFault(description: "a file named by the settings can't be read: \(path)", exitCode: 78)
        }
    }
}
