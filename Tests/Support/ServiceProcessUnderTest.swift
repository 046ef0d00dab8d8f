internal import Foundation
public import HTTPClient
internal import Synchronization

/// One of the five executables as a process of its own, as an operator runs it.
///
/// The process is found beside the tests' own binary, so that it is the one just built. Its log goes to a file, which
/// assertions read.
public final class ServiceProcessUnderTest: Sendable {
    /// What the process was started with; a restart uses it again.
    public let product: String
    /// The environment beside what every service needs.
    public let environment: [String: String]
    /// Its data directory.
    public let dataDirectory: String

    private let state = Mutex(State())

    private struct State: ~Copyable {
        var process: ChildProcess?
        var client: HTTPClient?
    }

    /// How a process ended.
    public typealias Ending = ChildProcess.Ending

    /// What went wrong with the process, rather than with what is tested.
    public struct Trouble: Error, CustomStringConvertible {
        /// With the last lines of the log.
        public let description: String
        /// Says what it was.
        public init(description: String) { self.description = description }
    }

    /// A service that isn't started yet, with a data directory of its own.
    /// - Parameter prefix: what stands before the names of its topics.
    public init(
        _ product: String, bootstrapServers: String, prefix: String = "", environment: [String: String] = [:]
    ) throws {
        self.product = product
        dataDirectory = NSTemporaryDirectory() + "barnsakert-\(product)-\(UUID().uuidString.prefix(8))"
        var all = [
            "REGION": "23", "DATA_DIRECTORY": dataDirectory, "KAFKA_BOOTSTRAP_SERVERS": bootstrapServers,
            "OPERATIONS_LISTEN": "127.0.0.1:0", "RDKAFKA_FETCH_WAIT_MAX_MS": "10",
        ]
        if !prefix.isEmpty { all["KAFKA_TOPIC_PREFIX"] = prefix }
        all.merge(environment) { $1 }
        self.environment = all
    }

    /// The same service on a copy of this one's data directory, as it is now. It isn't started.
    public func copied() throws -> ServiceProcessUnderTest {
        let rest = environment.filter { $0.key != "DATA_DIRECTORY" }
        let copy = try ServiceProcessUnderTest(product, bootstrapServers: "", environment: rest)
        try FileManager.default.copyItem(atPath: dataDirectory, toPath: copy.dataDirectory)
        return copy
    }

    deinit {
        signal(SIGKILL)
        unlink(logPath)
    }

    private var logPath: String { dataDirectory + ".log" }

    /// Removes the data directory. The process must have ended.
    public func removeData() throws {
        if FileManager.default.fileExists(atPath: dataDirectory) {
            try FileManager.default.removeItem(atPath: dataDirectory)
        }
    }

    /// Starts the process, with more in its environment for this once.
    public func start(_ more: [String: String] = [:]) throws {
        if isRunning { throw trouble("runs already") }
        let file = open(logPath, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Trouble(description: "\(logPath) can't be written: errno \(errno)") }
        defer { close(file) }
        let process = try ChildProcess(
            FinishedProgram.built(product), environment: environment.merging(more) { $1 }, output: file, errors: file)
        state.withLock { state in
            state.client = nil
            state.process = process
        }
    }

    /// The log so far, in whole lines.
    public var log: [String] {
        do {
            let text = String(decoding: try Data(contentsOf: URL(filePath: logPath)), as: UTF8.self)
            let lines = text.split(separator: "\n").map(String.init)
            return text.hasSuffix("\n") || !isRunning ? lines : lines.dropLast()
        } catch {
            return ["the log can't be read: \(error)"]
        }
    }

    /// Whether the process still runs.
    public var isRunning: Bool { process.map { $0.ending == nil } ?? false }

    private var process: ChildProcess? { state.withLock { $0.process } }

    /// The process, for the kernel's account of it.
    public func processIdentifier() throws -> Int32 {
        guard let process else { throw trouble("has not started") }
        return process.number
    }

    /// Sends a signal.
    public func signal(_ number: Int32) { process?.signal(number) }

    /// Waits until the process has ended.
    public func ending(within limit: Duration = .seconds(30)) async throws -> Ending {
        guard let process else { throw trouble("has not started") }
        try await eventually("\(product) to end", within: limit) { process.ending != nil }
        return process.waitForEnd()
    }

    /// What a GET on the operations port answers.
    public func get(_ path: String) async throws -> ClientResponse {
        let port = try await operationsPort()
        return try await client().send(ClientRequest(.get, "http://127.0.0.1:\(port)\(path)"))
    }

    /// What a GET on the operations port answers, as status and text.
    public func probe(_ path: String) async throws -> (status: Int, text: String) {
        let response = try await get(path)
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    /// The service's own count of facts.
    public func counts() async throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: Data(try await get("/v1/counts").body))
    }

    /// Waits until the counts satisfy `condition`.
    @discardableResult
    public func counts(
        within limit: Duration = .seconds(30), where condition: @Sendable ([String: Int]) -> Bool
    ) async throws -> [String: Int] {
        let deadline = ContinuousClock.now + limit
        var last: [String: Int] = [:]
        while ContinuousClock.now < deadline {
            do {
                last = try await counts()
                if condition(last) { return last }
            } catch is HTTPClientFailure {
                // Not yet listening, or killed: asked again.
            }
            guard isRunning else { throw trouble("ended while its counts were awaited") }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw trouble("its counts stayed \(last)")
    }

    /// Runs a command of the same program on the same data.
    public func command(_ words: String...) async throws -> (lines: [String], code: Int32) {
        let written = try ScratchFile()
        let process = try ChildProcess(
            FinishedProgram.built(product), words, environment: environment, output: written.descriptor,
            errors: written.descriptor)
        try await eventually("`\(words.joined(separator: " "))` to end", within: .seconds(300)) {
            process.ending != nil
        }
        return (try written.text().split(separator: "\n").map(String.init), process.waitForEnd().code)
    }

    /// Waits for a condition; there are no fixed sleeps in tests.
    public func eventually(
        _ what: String, within limit: Duration = .seconds(30), _ condition: @Sendable () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw trouble("waited in vain for \(what)")
    }

    /// The port of a server in the process, by the line in which it says where it listens.
    public func port(ofServer server: String) async throws -> Int {
        var found: Int?
        let deadline = ContinuousClock.now + .seconds(20)
        while found == nil {
            found = log.lazy.compactMap { ListeningLine($0) }.first { $0.server == server }?.port
            guard found == nil else { break }
            guard ContinuousClock.now < deadline, isRunning else { throw trouble("\(server) never listened") }
            try await Task.sleep(for: .milliseconds(10))
        }
        return found ?? 0
    }

    private func operationsPort() async throws -> Int { try await port(ofServer: "operations") }

    private func client() throws -> HTTPClient {
        if let client = state.withLock({ $0.client }) { return client }
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        let client = try HTTPClient(settings: settings)
        state.withLock { $0.client = client }
        return client
    }

    private func trouble(_ what: String) -> Trouble {
        Trouble(description: "\(product) \(what); log:\n" + log.suffix(20).joined(separator: "\n"))
    }
}

/// The log line of a server that listens.
private struct ListeningLine {
    let server: String
    let port: Int

    init?(_ line: String) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            object["message"] as? String == "HTTP server listens", let labels = object["labels"] as? [String: Any],
            let server = labels["server"] as? String, let port = labels["port"] as? Int
        else { return nil }
        self.server = server
        self.port = port
    }
}
