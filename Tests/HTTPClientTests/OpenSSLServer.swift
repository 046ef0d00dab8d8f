import Foundation
import Support

/// A TLS server of the `openssl` command, with an authority and certificates made for one test.
final class OpenSSLServer {
    /// Whether the command is there; the library alone doesn't bring it.
    static let isInstalled = FileManager.default.isExecutableFile(atPath: command)
    private static let command = "/usr/bin/openssl"

    let directory: String
    let port: Int
    private let process: ChildProcess

    /// Serves a page with a certificate for 127.0.0.1.
    init(options: [String] = []) throws {
        directory = NSTemporaryDirectory() + "barnsakert-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Self.makeAuthority(in: directory)
        try Self.makeCertificate("server", in: directory)
        try Self.makeCertificate("client", in: directory)
        let output = try ScratchFile()
        process = try ChildProcess(
            Self.command,
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "server.pem", "-key", "server.key"] + options,
            directory: directory, output: output.descriptor, errors: output.descriptor)
        port = try Self.port(in: output, of: process)
    }

    deinit {
        process.signal(SIGKILL)
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
        let finished = try FinishedProgram(
            command, arguments.split(separator: " ").map(String.init), directory: directory)
        guard finished.code == 0 else { throw ChildProcess.Failure(description: finished.errors) }
    }

    /// The port that a server says it listens on: `ACCEPT 127.0.0.1:` and the number.
    private static func port(in output: ScratchFile, of process: ChildProcess) throws -> Int {
        let deadline = ContinuousClock.now + .seconds(20)
        while process.ending == nil, ContinuousClock.now < deadline {
            let lines = try output.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            let line = lines.first { $0.hasPrefix("ACCEPT") }
            if let port = line?.split(separator: ":").last.flatMap({ Int($0) }) { return port }
            usleep(5_000)
        }
        throw ChildProcess.Failure(description: "s_server says no port: \(try output.text())")
    }
}
