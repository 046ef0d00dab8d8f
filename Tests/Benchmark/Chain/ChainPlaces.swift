import Foundation

/// Where the chain that is measured runs; `compose/bench` starts it and passes this on.
struct ChainPlaces: Sendable {
    /// The public addresses, `http://host:port`.
    let intake: String
    let notifier: String
    /// The operations addresses by service.
    let operations: [String: String]
    /// The processes by name, the broker's too where it is one of ours.
    let processes: [String: Int32]
    /// `host:port` of Kafka, and what stands before the topics' names.
    let servers: String
    let topicPrefix: String
    /// The demonstration's files: instrument and registry.
    let demo: URL
    /// Tokens by `role place`.
    let tokens: [String: String]
    /// What the stores are in: a folder per service.
    let data: URL
    /// Where the municipalities' system is played, inside the benchmark.
    let receiverPort: UInt16

    init(_ options: [String: String]) throws {
        func text(_ name: String) -> String {
            guard let value = options[name] else { Benchmark.fail("chain needs \(name)=…") }
            return value
        }
        intake = text("intake")
        notifier = text("notifier")
        operations = Self.pairs(text("operations"))
        processes = Self.pairs(text("processes")).compactMapValues { Int32($0) }
        servers = text("servers")
        topicPrefix = options["prefix"] ?? ""
        demo = URL(filePath: text("demo"), directoryHint: .isDirectory)
        data = URL(filePath: text("data"), directoryHint: .isDirectory)
        guard let port = UInt16(text("receiver-port")) else { Benchmark.fail("receiver-port is a port") }
        receiverPort = port
        struct Callers: Decodable { let tokens: [String: String] }
        let file = try Data(contentsOf: data.appending(path: "callers.json"))
        tokens = try JSONDecoder().decode(Callers.self, from: file).tokens
    }

    func token(_ role: String, at place: String) -> String {
        guard let token = tokens["\(role) \(place)"] else { Benchmark.fail("no token for \(role) \(place)") }
        return token
    }

    private static func pairs(_ text: String) -> [String: String] {
        let pairs = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(pairs.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }) { first, _ in first }
    }
}
