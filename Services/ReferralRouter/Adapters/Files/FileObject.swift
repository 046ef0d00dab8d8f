internal import Events
internal import Foundation

/// One object of the file while it is read: members are taken by name, and those that nobody took are faults.
struct FileObject {
    let place: String
    private let members: [String: Any]
    private var taken: Set<String> = []

    init(_ members: [String: Any], at place: String, in faults: inout FileFaults) {
        self.members = members
        self.place = place
    }

    /// A required text.
    mutating func text(_ name: String, _ faults: inout FileFaults) -> String {
        taken.insert(name)
        if let text = members[name] as? String, !text.isEmpty { return text }
        faults.add("must be text", at: "\(place)/\(name)")
        return ""
    }

    /// A text that may be absent.
    mutating func optionalText(_ name: String, _ faults: inout FileFaults) -> String? {
        members[name] == nil ? nil : text(name, &faults)
    }

    /// A required truth value.
    mutating func boolean(_ name: String, _ faults: inout FileFaults) -> Bool {
        taken.insert(name)
        if let truth = members[name] as? Bool { return truth }
        faults.add("must be true or false", at: "\(place)/\(name)")
        return false
    }

    /// Objects with their places.
    mutating func objects(_ name: String, _ faults: inout FileFaults) -> [(place: String, members: [String: Any])] {
        taken.insert(name)
        guard let elements = members[name] as? [Any] else {
            faults.add("must be an array of objects", at: "\(place)/\(name)")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            let place = "\(place)/\(name)/\(index)"
            if let object = element as? [String: Any] { return (place, object) }
            faults.add("must be an object", at: place)
            return nil
        }
    }

    /// Faults for members that nobody asked for: most likely misspelt ones.
    func end(_ faults: inout FileFaults) {
        for name in members.keys.sorted() where !taken.contains(name) {
            faults.add("isn't a member of this object", at: "\(place)/\(name)")
        }
    }

    /// A whole object as one of the contract's values; members that the value doesn't have are faults.
    static func decode<Value: Codable>(
        _ members: [String: Any], as type: Value.Type = Value.self, at place: String, _ faults: inout FileFaults
    ) -> Value? {
        do {
            let value = try JSONDecoder().decode(
                Value.self, from: try JSONSerialization.data(withJSONObject: members))
            let known = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(value))
            unknown(members, beside: known, at: place, &faults)
            return value
        } catch let error as DecodingError {
            let (path, rule) = told(error)
            faults.add(rule, at: place + path)
        } catch {
            faults.add("can't be read", at: place)
        }
        return nil
    }

    private static func unknown(_ given: Any, beside known: Any, at place: String, _ faults: inout FileFaults) {
        if let given = given as? [String: Any], let known = known as? [String: Any] {
            for name in given.keys.sorted() {
                guard let value = given[name] else { continue }
                if let counterpart = known[name] {
                    unknown(value, beside: counterpart, at: "\(place)/\(name)", &faults)
                } else {
                    faults.add("isn't a member of this object", at: "\(place)/\(name)")
                }
            }
        } else if let given = given as? [Any], let known = known as? [Any] {
            for (index, pair) in zip(given, known).enumerated() {
                unknown(pair.0, beside: pair.1, at: "\(place)/\(index)", &faults)
            }
        }
    }

    /// Where and what, without the value that Foundation's own text may quote.
    private static func told(_ error: DecodingError) -> (path: String, rule: String) {
        func path(_ keys: [any CodingKey]) -> String {
            keys.map { "/" + ($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
        }
        switch error {
        case .keyNotFound(let key, let context): return (path(context.codingPath + [key]), "is required")
        case .valueNotFound(_, let context): return (path(context.codingPath), "must not be null")
        case .typeMismatch(_, let context): return (path(context.codingPath), "has the wrong JSON type")
        case .dataCorrupted(let context): return (path(context.codingPath), "has a value that isn't allowed")
        @unknown default: return ("", "can't be read")
        }
    }
}
