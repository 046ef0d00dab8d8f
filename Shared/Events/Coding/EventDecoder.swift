internal import FHIR

/// Decodes values from JSON that was read once into a flat list.
///
/// The strict reader is the one that FHIR documents go through. Foundation's decoder makes a dictionary of every object
/// each time somebody asks for its members, and an event's are asked for twice; this costs a third of it (measured on
/// an answered form).
final class EventDecoder: Decoder {
    let userInfo: [CodingUserInfoKey: Any] = [:]
    /// Worked out only when it is asked for, which is when something is wrong.
    var codingPath: [any CodingKey] { document.codingPath(to: node) }
    fileprivate let document: JSONDocument
    /// The value that is being decoded.
    private var node: Int

    /// The value in a document.
    /// - Throws: `DecodingError`; what the value's own initializer throws.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        let document: JSONDocument
        do throws(JSONFault) {
            document = try JSONDocument(event: bytes)
        } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not JSON"))
        }
        return try Value(from: EventDecoder(document, at: 0))
    }

    /// The value that an object of a document stands for.
    static func decode<Value: Decodable>(_ type: Value.Type, from object: ObjectReader) throws -> Value {
        try Value(from: EventDecoder(object.document, at: object.object))
    }

    private init(_ document: JSONDocument, at node: Int) {
        self.document = document
        self.node = node
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try KeyedValues(decoder: self, object: node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try ArrayValues(decoder: self, array: node) }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleDecoding(decoder: self, node: node) }

    /// One decoder serves nested values too: where it stands is put aside meanwhile.
    fileprivate func value<Value: Decodable>(_ type: Value.Type, at inner: Int) throws -> Value {
        let outer = node
        node = inner
        defer { node = outer }
        // Foundation, too, takes null for absent, whatever the type.
        if kind(inner) == .null, !(type is any ExpressibleByNilLiteral.Type) { throw absent(type, inner) }
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
        if let number = document.whole(type, node) { return number }
        throw DecodingError.dataCorrupted(
            .init(codingPath: document.codingPath(to: node), debugDescription: "no such whole number"))
    }

    func real(_ node: Int) throws -> Double {
        guard kind(node) == .number, let number = Double(document.text(node)) else { throw mismatch(Double.self, node) }
        return number
    }

    fileprivate func mismatch(_ type: Any.Type, _ node: Int) -> DecodingError {
        if kind(node) == .null { return absent(type, node) }
        return .typeMismatch(
            type, .init(codingPath: document.codingPath(to: node), debugDescription: "another JSON type"))
    }

    private func absent(_ type: Any.Type, _ node: Int) -> DecodingError {
        .valueNotFound(type, .init(codingPath: document.codingPath(to: node), debugDescription: "null"))
    }
}

private struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: EventDecoder
    let object: Int
    var codingPath: [any CodingKey] { decoder.document.codingPath(to: object) }

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
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.boolean(node(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.text(node(key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.whole(Int.self, node(key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder.value(type, at: try node(key))
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let node = find(key), decoder.kind(node) != .null else { return nil }
        return try decoder.text(node)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let node = find(key), decoder.kind(node) != .null else { return nil }
        return try decoder.value(type, at: node)
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

    private func node(_ key: Key) throws -> Int {
        if let found = find(key) { return found }
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no such member"))
    }

    private func find(_ key: Key) -> Int? {
        var wanted = key.stringValue
        return wanted.withUTF8 { decoder.document.value(named: $0, in: object) }
    }
}

private struct ArrayValues: UnkeyedDecodingContainer {
    let decoder: EventDecoder
    let array: Int
    let count: Int?
    private(set) var currentIndex = 0
    private var node: Int
    private let end: Int
    var codingPath: [any CodingKey] { decoder.document.codingPath(to: array) }
    var isAtEnd: Bool { node >= end }

    init(decoder: EventDecoder, array: Int) throws {
        guard decoder.kind(array) == .array else { throw decoder.mismatch([Any].self, array) }
        self.decoder = decoder
        self.array = array
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
        let value = try decoder.value(type, at: node)
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
}

private struct SingleDecoding: SingleValueDecodingContainer {
    let decoder: EventDecoder
    let node: Int
    var codingPath: [any CodingKey] { decoder.document.codingPath(to: node) }

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
