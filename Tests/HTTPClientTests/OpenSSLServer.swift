import Foundation

/// A TLS server of the `openssl` command, with an authority and certificates made for one test.
final class OpenSSLServer {
    /// Whether the command is there; the library alone doesn't bring it.
    static let isInstalled = FileManager.default.isExecutableFile(atPath: OpenSSLCommand.executable)

    let directory: String
    let port: Int
    private let process: pid_t
    private let output: Int32

    /// Serves a page with a certificate for 127.0.0.1.
    init(options: [String] = []) throws {
        directory = NSTemporaryDirectory() + "barnsakert-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Self.makeAuthority(in: directory)
        try Self.makeCertificate("server", in: directory)
        try Self.makeCertificate("client", in: directory)
        let server = try OpenSSLCommand(
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "server.pem", "-key", "server.key"] + options,
            in: directory)
        (process, output) = (server.process, server.output)
        port = try server.port()
    }

    deinit {
        // Nothing milder: the command inherits the mask of a thread of the pool, which blocks SIGTERM.
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(output)
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            print("left behind: \(directory)")
        }
    }

    func file(_ name: String) -> String { "\(directory)/\(name)" }

    private static func makeAuthority(in directory: String) throws {
        try run(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout authority.key -out authority.pem"
                + " -days 2 -subj /CN=authority", in: directory)
    }

    private static func makeCertificate(_ name: String, in directory: String) throws {
        try run(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(name).key -out \(name).csr"
                + " -subj /CN=\(name) -addext subjectAltName=IP:127.0.0.1", in: directory)
        try run(
            "x509 -req -in \(name).csr -CA authority.pem -CAkey authority.key -CAcreateserial"
                + " -copy_extensions copy -days 2 -out \(name).pem", in: directory)
    }

    private static func run(_ arguments: String, in directory: String) throws {
        try OpenSSLCommand(arguments.split(separator: " ").map(String.init), in: directory).finish()
    }
}
