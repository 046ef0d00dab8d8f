internal import Foundation

/// The words of a command line: a command, then `--name value` pairs.
struct Options: Sendable {
    struct Misunderstood: Error, CustomStringConvertible {
        let description: String
    }

    let command: String
    private var values: [String: String] = [:]

    init(_ words: [String]) throws {
        command = words.first ?? "help"
        var rest = Array(words.dropFirst())[...]
        while let name = rest.popFirst() {
            guard name.hasPrefix("--"), let value = rest.popFirst() else {
                throw Misunderstood(description: "\(name): options are pairs of --name and a value")
            }
            values[String(name.dropFirst(2))] = value
        }
    }

    func text(_ name: String) throws -> String {
        guard let value = values[name] else { throw Misunderstood(description: "--\(name) is missing") }
        return value
    }

    func text(_ name: String, default fallback: String) -> String { values[name] ?? fallback }

    func folder(_ name: String) throws -> URL { URL(filePath: try text(name), directoryHint: .isDirectory) }

    func number(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Int {
        guard let text = values[name] else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw Misunderstood(description: "--\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Pairs of a name and an address, as `intake=http://127.0.0.1:9101,…`.
    func addresses(_ name: String) throws -> [Service: String] {
        var addresses: [Service: String] = [:]
        for pair in try text(name).split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let service = Service(rawValue: parts[0]) else {
                throw Misunderstood(description: "--\(name) is a list of service=http://host:port with commas between")
            }
            addresses[service] = parts[1]
        }
        return addresses
    }
}
