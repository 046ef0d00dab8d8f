/// The header fields of a request or a response, in their order. Names compare without regard to case (RFC 9110 5.1).
public struct Headers: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// Name and value of every field; a name may occur more than once. Names are in lower case.
    public private(set) var fields: [Field]

    /// One field.
    public struct Field: Sendable, Equatable {
        /// The name in lower case.
        public let name: String
        /// The value without the white space round it.
        public let value: String
    }

    /// No fields.
    public init() { fields = [] }

    /// The fields in the order of the literal.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.lowercased(), value: $1) }
    }

    /// The first value under the name, nil if there is none. Setting replaces every field of that name; nil removes.
    public subscript(name: String) -> String? {
        get {
            let name = name.lowercased()
            return fields.first { $0.name == name }?.value
        }
        set {
            let name = name.lowercased()
            fields.removeAll { $0.name == name }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// All values under the name, in their order.
    public func all(_ name: String) -> [String] {
        let name = name.lowercased()
        return fields.filter { $0.name == name }.map(\.value)
    }

    /// Appends a field, whether or not the name is there already.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name.lowercased(), value: value))
    }

    /// How many fields have the name.
    func count(of name: String) -> Int {
        fields.reduce(0) { $0 + ($1.name == name ? 1 : 0) }
    }
}

extension Headers {
    /// Whether every name is a token and no value carries a control character (RFC 9110 5.1, 5.5). A value from
    /// outside with CR LF in it would otherwise write header fields of its own.
    var areSafeToSend: Bool {
        fields.allSatisfy { field in
            field.name.isToken && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
        }
    }
}

extension String {
    /// Whether the text is a token of RFC 9110 section 5.6.2.
    var isToken: Bool {
        !isEmpty && utf8.allSatisfy(\.isTokenByte)
    }
}

extension UInt8 {
    /// Whether the byte may stand in a token of RFC 9110 section 5.6.2.
    var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}
