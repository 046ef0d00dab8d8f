/// Any JSON value without fractions: what the contracts use. For tests that look at documents as others see them.
public indirect enum JSONValue: Codable, Hashable, Sendable {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null

    /// Decodes any value; a number with a fraction is a fault.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let object = try? container.decode([String: JSONValue].self) {
            self = .object(object)
        } else if let array = try? container.decode([JSONValue].self) {
            self = .array(array)
        } else if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else {
            self = .integer(try container.decode(Int.self))
        }
    }

    /// Encodes the bare value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let object): try container.encode(object)
        case .array(let array): try container.encode(array)
        case .string(let string): try container.encode(string)
        case .integer(let integer): try container.encode(integer)
        case .boolean(let boolean): try container.encode(boolean)
        case .null: try container.encodeNil()
        }
    }

    /// A member of an object; nil when it is none or has none.
    public subscript(_ member: String) -> JSONValue? {
        get { if case .object(let object) = self { object[member] } else { nil } }
        set {
            guard case .object(var object) = self else { return }
            object[member] = newValue
            self = .object(object)
        }
    }

    /// Members of an object by name; empty for anything else.
    public var members: [String: JSONValue] { if case .object(let object) = self { object } else { [:] } }

    /// Elements of an array; empty for anything else.
    public var elements: [JSONValue] { if case .array(let array) = self { array } else { [] } }

    /// The text of a string.
    public var text: String? { if case .string(let string) = self { string } else { nil } }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A value written in the test.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A value written in the test.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A value written in the test.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// A value written in the test.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// A value written in the test.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
}
