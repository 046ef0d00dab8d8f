internal import Foundation
internal import Runtime

/// The `openssl` command, for certificates and as a TLS client that is not ours. Runs on a thread of its own.
public actor OpenSSLCommand {
    /// The command failed; what it wrote.
    public struct Failure: Error {
        /// Standard error.
        public let message: String
    }

    private let executor = ThreadExecutor(name: "openssl")
    private let directory: URL

    /// The command's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The command in a directory of its own, which is removed when it ends.
    public init() throws {
        directory = URL(filePath: NSTemporaryDirectory()).appending(path: "openssl-\(UUID().text)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    isolated deinit {
        do {
            try FileManager.default.removeItem(at: directory)
        } catch {
            print("left behind: \(directory.path)")
        }
    }

    /// The file's bytes.
    public func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appending(path: file)))
    }

    /// Makes `name.pem` and `name.key` of an authority.
    public func makeAuthority(_ name: String) throws {
        try run(["req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-out", "\(name).pem"] + newKey(name))
    }

    /// Makes `name.pem` and `name.key`, signed by the authority.
    /// - Parameter days: how long it is valid from now; negative for one that has expired.
    public func makeCertificate(_ name: String, by authority: String, days: Int = 2) throws {
        try run(["req", "-subj", "/CN=\(name)", "-out", "\(name).csr"] + newKey(name))
        try run([
            "x509", "-req", "-in", "\(name).csr", "-CA", "\(authority).pem", "-CAkey", "\(authority).key",
            "-CAcreateserial", "-days", "\(days)", "-out", "\(name).pem",
        ])
    }

    /// Sends a request over TLS and gives all that comes until the server closes.
    /// - Parameter options: of `s_client`, beside the address.
    public func exchange(_ request: String, port: UInt16, options: [String] = []) throws -> String {
        try run(["s_client", "-connect", "127.0.0.1:\(port)", "-quiet", "-ign_eof"] + options, input: request)
    }

    private func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "\(name).key"]
    }

    @discardableResult
    private func run(_ arguments: [String], input: String = "") throws -> String {
        let finished = try FinishedProgram(
            "/usr/bin/env", ["timeout", "20", "openssl"] + arguments, directory: directory.path, input: input)
        guard finished.code == 0 else { throw Failure(message: finished.errors) }
        return finished.output
    }
}
