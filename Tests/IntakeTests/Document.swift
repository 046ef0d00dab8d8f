import Events
import Foundation

/// A JSON document that a test puts together and changes.
struct Document: Sendable, ExpressibleByDictionaryLiteral {
    enum Value: Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
        ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
    {
        case text(String)
        case flag(Bool)
        case number(Int)
        case list([Value])
        case object(Document)

        init(stringLiteral value: String) { self = .text(value) }
        init(booleanLiteral value: Bool) { self = .flag(value) }
        init(integerLiteral value: Int) { self = .number(value) }
        init(arrayLiteral elements: Value...) { self = .list(elements) }
        init(dictionaryLiteral elements: (String, Value)...) {
            self = .object(Document(members: elements.map { ($0, $1) }))
        }

        var json: Any {
            switch self {
            case .text(let text): text
            case .flag(let flag): flag
            case .number(let number): number
            case .list(let values): values.map(\.json)
            case .object(let document): document.json
            }
        }
    }

    var members: [(name: String, value: Value)]

    init(members: [(String, Value)]) { self.members = members.map { ($0, $1) } }
    init(dictionaryLiteral elements: (String, Value)...) { self.init(members: elements.map { ($0, $1) }) }

    subscript(name: String) -> Value? {
        get { members.first { $0.name == name }?.value }
        set {
            members.removeAll { $0.name == name }
            if let newValue { members.append((name, newValue)) }
        }
    }

    /// The same with one member set, or removed with nil.
    func with(_ name: String, _ value: Value?) -> Document {
        var copy = self
        copy[name] = value
        return copy
    }

    var json: Any { Dictionary(members.map { ($0.name, $0.value.json) }) { $1 } }

    var bytes: [UInt8] {
        do {
            return Array(try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys]))
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

extension Document.Value {
    static func id<Subject>(_ id: Events.Identifier<Subject>) -> Document.Value { .text(id.text) }
}
