internal import FHIR

/// Decodes values from JSON that was read once into a flat list.
///
/// The strict reader is the one that FHIR documents go through. Foundation's decoder makes a dictionary of every object
/// each time somebody asks for its members, and an event's are asked for twice; this costs a third of it (measured on
/// an answered form).
final class EventDecoder: Decoder {
    private static let limits = JSONLimits()
    /// Names are compared as bytes here: every type has its own.
    private static let names = JSONNames([])

    let userInfo: [CodingUserInfoKey: Any] = [:]
    fileprivate(set) var codingPath: [any CodingKey] = []
    fileprivate let document: JSONDocument
    /// The value that is being decoded.
    private var node = 0

    /// The value in a document.
    /// - Throws: `DecodingError`; what the value's own initializer throws.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        let document: JSONDocument
        do throws(JSONFault) {
            document = try JSONDocument(bytes, limits: limits, names: names)
        } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not JSON"))
        }
        return try Value(from: EventDecoder(document))
    }

    private init(_ document: JSONDocument) { self.document = document }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try KeyedValues(decoder: self, object: node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try ArrayValues(decoder: self, array: node) }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleDecoding(decoder: self, node: node) }

    /// One decoder serves nested values too: where it stands is put aside meanwhile.
    fileprivate func value<Value: Decodable>(_ type: Value.Type, at inner: Int, _ key: any CodingKey) throws -> Value {
        codingPath.append(key)
        let outer = node
        node = inner
        defer {
            node = outer
            codingPath.removeLast()
        }
        // Foundation, too, takes null for absent, whatever the type.
        if kind(inner) == .null, !(type is any ExpressibleByNilLiteral.Type) { throw absent(type) }
        return try Value(from: self)
    }

    func kind(_ node: Int) -> JSONNode.Kind { document.nodes[node].kind }

    func text(_ node: Int) throws -> String {
        guard kind(node) == .string else { throw mismatch(String.self, node) }
        return document.text(node)
    }

    func boolean(_ node: Int) throws -> Bool {
        switch kind(node) {
        case .true: true
        case .false: false
        default: throw mismatch(Bool.self, node)
        }
    }

    func whole<Number: FixedWidthInteger>(_ type: Number.Type, _ node: Int) throws -> Number {
        guard kind(node) == .number else { throw mismatch(type, node) }
        let text = document.text(node)
        if let number = Number(text) { return number }
        // A whole number may be spelled with a fraction or an exponent.
        if let real = Double(text), let number = Number(exactly: real) { return number }
        throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "no such whole number"))
    }

    func real(_ node: Int) throws -> Double {
        guard kind(node) == .number, let number = Double(document.text(node)) else { throw mismatch(Double.self, node) }
        return number
    }

    fileprivate func mismatch(_ type: Any.Type, _ node: Int) -> DecodingError {
        if kind(node) == .null { return absent(type) }
        return .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "another JSON type"))
    }

    private func absent(_ type: Any.Type) -> DecodingError {
        .valueNotFound(type, .init(codingPath: codingPath, debugDescription: "null"))
    }
}

private struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: EventDecoder
    let object: Int
    var codingPath: [any CodingKey] { decoder.codingPath }

    init(decoder: EventDecoder, object: Int) throws {
        guard decoder.kind(object) == .object else { throw decoder.mismatch([String: Any].self, object) }
        self.decoder = decoder
        self.object = object
    }

    var allKeys: [Key] {
        var keys: [Key] = []
        var name = object + 1
        while name < decoder.document.nodes[object].next {
            if let key = Key(stringValue: decoder.document.text(name)) { keys.append(key) }
            name = Int(decoder.document.nodes[name + 1].next)
        }
        return keys
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { decoder.kind(try node(key)) == .null }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try under(key) { try decoder.boolean($0) } }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try under(key) { try decoder.text($0) } }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try under(key) { try decoder.whole(Int.self, $0) } }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder.value(type, at: try node(key), key)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let node = find(key), decoder.kind(node) != .null else { return nil }
        return try decode(type, forKey: key)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let node = find(key), decoder.kind(node) != .null else { return nil }
        return try decoder.value(type, at: node, key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try KeyedValues<Nested>(decoder: decoder, object: try node(key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try ArrayValues(decoder: decoder, array: try node(key))
    }

    func superDecoder() throws -> any Decoder { preconditionFailure("no event has a superclass") }
    func superDecoder(forKey key: Key) throws -> any Decoder { preconditionFailure("no event has a superclass") }

    /// Leaves are read without moving the decoder; the path is only needed where one is wrong.
    private func under<Value>(_ key: Key, _ read: (Int) throws -> Value) throws -> Value {
        let node = try node(key)
        decoder.codingPath.append(key)
        defer { decoder.codingPath.removeLast() }
        return try read(node)
    }

    private func node(_ key: Key) throws -> Int {
        if let found = find(key) { return found }
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no such member"))
    }

    private func find(_ key: Key) -> Int? {
        var wanted = key.stringValue
        return wanted.withUTF8 { wanted in
            let nodes = decoder.document.nodes
            let end = Int(nodes[object].next)
            var name = object + 1
            while name < end {
                if matches(nodes[name], wanted) { return name + 1 }
                name = Int(nodes[name + 1].next)
            }
            return nil
        }
    }

    private func matches(_ name: JSONNode, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        // Our writers escape nothing in a name; a name that needs no escape but has one is one that isn't known.
        guard !name.hasEscapes, Int(name.end - name.start) == wanted.count else { return false }
        let start = Int(name.start)
        for offset in wanted.indices where decoder.document.bytes[start + offset] != wanted[offset] { return false }
        return true
    }
}

private struct ArrayValues: UnkeyedDecodingContainer {
    let decoder: EventDecoder
    let count: Int?
    private(set) var currentIndex = 0
    private var node: Int
    private let end: Int
    var codingPath: [any CodingKey] { decoder.codingPath }
    var isAtEnd: Bool { node >= end }

    init(decoder: EventDecoder, array: Int) throws {
        guard decoder.kind(array) == .array else { throw decoder.mismatch([Any].self, array) }
        self.decoder = decoder
        node = array + 1
        end = Int(decoder.document.nodes[array].next)
        var elements = 0
        var element = node
        while element < end {
            elements += 1
            element = Int(decoder.document.nodes[element].next)
        }
        count = elements
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, decoder.kind(node) == .null else { return false }
        step()
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(type, .init(codingPath: codingPath, debugDescription: "no more elements"))
        }
        let value = try decoder.value(type, at: node, Index(intValue: currentIndex))
        step()
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        defer { step() }
        return KeyedDecodingContainer(try KeyedValues<Nested>(decoder: decoder, object: node))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        defer { step() }
        return try ArrayValues(decoder: decoder, array: node)
    }

    mutating func superDecoder() throws -> any Decoder { preconditionFailure("no event has a superclass") }

    private mutating func step() {
        node = Int(decoder.document.nodes[node].next)
        currentIndex += 1
    }

    private struct Index: CodingKey {
        let number: Int
        var intValue: Int? { number }
        var stringValue: String { String(number) }
        init(intValue: Int) { number = intValue }
        init?(stringValue: String) { return nil }
    }
}

private struct SingleDecoding: SingleValueDecodingContainer {
    let decoder: EventDecoder
    let node: Int
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.kind(node) == .null }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.boolean(node) }
    func decode(_ type: String.Type) throws -> String { try decoder.text(node) }
    func decode(_ type: Double.Type) throws -> Double { try decoder.real(node) }
    func decode(_ type: Float.Type) throws -> Float { Float(try decoder.real(node)) }
    func decode(_ type: Int.Type) throws -> Int { try decoder.whole(type, node) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.whole(type, node) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.whole(type, node) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.whole(type, node) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.whole(type, node) }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.whole(type, node) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.whole(type, node) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.whole(type, node) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.whole(type, node) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.whole(type, node) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}
