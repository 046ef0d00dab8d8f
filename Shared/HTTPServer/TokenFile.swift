internal import Foundation

extension TokenDirectory {
    /// Everything that is wrong with a token file, at once.
    public struct Faults: Error, Sendable, Equatable, CustomStringConvertible {
        /// One line each: the entry by its place in the file, and the rule. Never a hash.
        public let lines: [String]
        /// The lines, for the operator.
        public var description: String { lines.joined(separator: "\n") }
    }

    /// Reads a token file: a JSON array of objects.
    ///
    /// `name` (unique), `role` (a raw value of `Role`), one of `sha256` (64 hexadecimal digits in lower case, the hash
    /// of the token's bytes) and `certificateSubject` (RFC 4514 text), and the scope: `careProvider`, `units`,
    /// `municipalities`, `wholeRegion`. Other members are faults: a misspelt `units` must not quietly become an empty
    /// scope.
    /// - Throws: every fault of the whole file.
    public init(json: [UInt8]) throws(Faults) {
        var reading = TokenFileReading()
        reading.read(json)
        guard reading.faults.isEmpty else { throw Faults(lines: reading.faults) }
        self.init(tokens: reading.tokens, certificates: reading.certificates)
    }
}

private struct TokenFileReading {
    var tokens: [[UInt8]: Caller] = [:]
    var certificates: [String: Caller] = [:]
    var faults: [String] = []
    private var names: Set<String> = []

    private static let members: Set<String> = [
        "name", "role", "sha256", "certificateSubject", "careProvider", "units", "municipalities", "wholeRegion",
    ]

    mutating func read(_ json: [UInt8]) {
        let document: Any
        do {
            document = try JSONSerialization.jsonObject(with: Data(json))
        } catch {
            faults.append("the file is not JSON")
            return
        }
        guard let entries = document as? [Any] else {
            faults.append("the file is not a JSON array")
            return
        }
        for (index, entry) in entries.enumerated() {
            guard let members = entry as? [String: Any] else {
                faults.append("entry \(index + 1) is not an object")
                continue
            }
            read(TokenFileEntry(place: "entry \(index + 1)", members: members))
        }
    }

    private mutating func read(_ given: TokenFileEntry) {
        var entry = given
        if entry.members.keys.contains(where: { !Self.members.contains($0) }) {
            entry.fault("has a member that is not one of \(Self.members.sorted().joined(separator: ", "))")
        }
        let name = entry.text("name")
        if name == nil { entry.fault("has no name") }
        if let name, !names.insert(name).inserted { entry.fault("has the name of an earlier entry") }
        let role = entry.text("role").flatMap(Role.init(rawValue:))
        if role == nil {
            entry.fault("needs a role, one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let scope = entry.scope()
        let credential = entry.credential()
        faults += entry.faults
        guard entry.faults.isEmpty, let name, let role, let credential else { return }
        let caller = Caller(name: name, role: role, scope: scope)
        switch credential {
        case .tokenHash(let hash):
            if tokens.updateValue(caller, forKey: hash) != nil {
                faults.append("\(entry.place) has the sha256 of an earlier entry")
            }
        case .certificateSubject(let subject):
            if certificates.updateValue(caller, forKey: subject) != nil {
                faults.append("\(entry.place) has the certificateSubject of an earlier entry")
            }
        }
    }
}
