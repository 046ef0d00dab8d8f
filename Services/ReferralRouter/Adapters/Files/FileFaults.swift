internal import Delivery
internal import Foundation

/// Everything that is wrong with a file, found in one go: file, place (RFC 6901) and rule in each line, never a value.
struct FileFaults {
    /// More faults than these help nobody.
    private static let linesMax = 50

    let path: String
    private(set) var lines: [String] = []

    init(path: String) {
        self.path = path
    }

    init(path: String, found rule: String) {
        self.init(path: path)
        add(rule, at: "")
    }

    mutating func add(_ rule: String, at place: String) {
        if lines.count < Self.linesMax { lines.append("\(path)\(place): \(rule)") }
    }

    /// What ends the process, with EX_CONFIG.
    var fault: ServiceFault { ServiceFault(description: lines.joined(separator: "\n"), exitCode: 78) }

    /// Throws what was found.
    func end() throws(ServiceFault) {
        if !lines.isEmpty { throw fault }
    }

    /// The file's JSON object; an empty one after noting why there is none.
    mutating func json(of bytes: Data) -> [String: Any] {
        do {
            if let object = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] { return object }
            add("must be an object", at: "#")
        } catch {
            add("is not JSON", at: "#")
        }
        return [:]
    }
}
