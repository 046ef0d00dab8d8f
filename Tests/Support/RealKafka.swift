public import Foundation
internal import Runtime

/// An Apache Kafka of the test's own, where the machine has one: `KAFKA_TEST_HOME`, or `../shared/kafka` beside the
/// repository. Its data and ports are its own; ask for it only in serialized suites, since each node is a Java process.
public struct RealKafka: Sendable {
    /// Where clients find it.
    public let bootstrapServers: String
    /// Data, logs and keys of this cluster.
    public let directory: URL
    private let environment: [String: String]

    /// Why a command of the cluster did not do its work.
    public struct Failure: Error {
        /// The command and what it wrote.
        public let description: String
    }

    /// The folder with the `kafka` script; nil where there is none, or no Java: suites that need it are then skipped.
    public static let home: URL? = {
        let set = ProcessInfo.processInfo.environment["KAFKA_TEST_HOME"].map { URL(filePath: $0) }
        let home = set ?? Repository.root.deletingLastPathComponent().appending(path: "shared/kafka")
        let hasJava = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/java")
        }
        return hasJava && FileManager.default.isExecutableFile(atPath: home.appending(path: "kafka").path) ? home : nil
    }()

    /// Whether there is one.
    public static var isFound: Bool { home != nil }

    /// The nodes of a cluster that several tests share: `KAFKA_TEST_NODES`, else one.
    public static let nodesWished = ProcessInfo.processInfo.environment["KAFKA_TEST_NODES"].flatMap { Int($0) } ?? 1

    /// What a skipped suite says.
    public static let absence = "no real Kafka here (KAFKA_TEST_HOME or ../shared/kafka, and Java 17)"

    /// Starts a fresh cluster and waits until its ports answer: 3 to 12 s.
    /// - Parameter secure: mutual TLS and access control lists; no topic is made by itself then.
    public static func start(nodes: Int = 1, secure: Bool = false) async throws -> RealKafka {
        let directory = FileManager.default.temporaryDirectory.appending(path: "kafka-test-\(UUID().uuidString)")
        var environment = ProcessInfo.processInfo.environment
        environment["KAFKA_DIR"] = directory.path
        environment["KAFKA_PORT"] = String(try FreePorts.first(of: 2 * nodes))
        environment["KAFKA_NODES"] = String(nodes)
        environment["KAFKA_SECURE"] = secure ? "1" : "0"
        try nameCluster(in: directory)
        let output = try await run(["start"], environment)
        let servers = output.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
        return RealKafka(bootstrapServers: servers, directory: directory, environment: environment)
    }

    /// Ends the nodes and removes their data. Call it on every path out of a test.
    public func remove() async throws { _ = try await Self.run(["clean"], environment) }

    /// `kill -9` of one node, from 1.
    public func kill(node: Int) async throws { _ = try await Self.run(["kill", String(node)], environment) }

    /// Brings a killed node back.
    public func start(node: Int) async throws { _ = try await Self.run(["start", String(node)], environment) }

    /// Kafka's own admin tool for topics.
    @discardableResult
    public func topics(_ arguments: String...) async throws -> String {
        try await Self.run(["topics"] + arguments, environment)
    }

    /// Kafka's own admin tool for access control lists.
    @discardableResult
    public func acls(_ arguments: String...) async throws -> String {
        try await Self.run(["acls"] + arguments, environment)
    }

    /// Makes a key and a certificate for a principal; librdkafka's settings that present it.
    public func credentials(of principal: String) async throws -> [String: String] {
        _ = try await Self.run(["certificate", principal], environment)
        let folder = directory.appending(path: "tls").path
        return [
            "security.protocol": "ssl", "ssl.ca.location": "\(folder)/ca.crt",
            "ssl.certificate.location": "\(folder)/\(principal).crt", "ssl.key.location": "\(folder)/\(principal).key",
        ]
    }

    /// Gives the cluster its id. One that the script draws begins with a hyphen once in 64 times, and Kafka's own tool
    /// then takes it for an option.
    private static func nameCluster(in directory: URL) throws {
        let id = Data(UUID().bytes).base64EncodedString().replacing("+", with: "0").replacing("/", with: "1")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data(id.prefix(22).utf8).write(to: directory.appending(path: "cluster"))
    }

    private static func run(_ arguments: [String], _ environment: [String: String]) async throws -> String {
        guard let home else { throw Failure(description: absence) }
        let written = try ScratchFile()
        let process = try ChildProcess(
            home.appending(path: "kafka").path, arguments, environment: environment, output: written.descriptor,
            errors: written.descriptor)
        // To the script's end also in a test that was cancelled: half a script leaves nodes behind that nobody ends.
        await withCheckedContinuation { ended in
            Thread.detachNewThread {
                _ = process.waitForEnd()
                ended.resume()
            }
        }
        let text = try written.text()
        guard process.waitForEnd() == .exited(0) else {
            throw Failure(description: "kafka \(arguments.joined(separator: " ")): \(text)")
        }
        return text
    }
}
