/// A decoder that has random values to give.
struct RandomDecoder: Decoder {
    let draw: Draw
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RandomMembers<Key>(draw: draw, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        RandomElements(draw: draw, codingPath: codingPath, elementCount: draw.below(5))
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        RandomValue(draw: draw, codingPath: codingPath)
    }
}

extension Draw {
    func value<Value: Decodable>(_ type: Value.Type, at path: [any CodingKey]) throws -> Value {
        if let special = try special(type, at: path) { return special }
        if type == String.self, let text = text(for: path) as? Value { return text }
        if type == Bool.self, let boolean = (below(2) == 0) as? Value { return boolean }
        if type == Int.self, let integer = (1 + below(500)) as? Value { return integer }
        return try Value(from: RandomDecoder(draw: self, codingPath: path))
    }
}

private struct RandomMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let draw: Draw
    let codingPath: [any CodingKey]
    var allKeys: [Key] { [] }

    /// Asked for optional members only: every second one is there.
    func contains(_ key: Key) -> Bool { draw.below(2) == 0 }
    func decodeNil(forKey key: Key) -> Bool { false }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try draw.value(type, at: codingPath + [key]) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try draw.value(type, at: codingPath + [key]) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try draw.value(type, at: codingPath + [key]) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try draw.value(type, at: codingPath + [key])
    }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(RandomMembers<Nested>(draw: draw, codingPath: codingPath + [key]))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        RandomElements(draw: draw, codingPath: codingPath + [key], elementCount: draw.below(5))
    }
    func superDecoder() -> any Decoder { RandomDecoder(draw: draw, codingPath: codingPath) }
    func superDecoder(forKey key: Key) -> any Decoder { RandomDecoder(draw: draw, codingPath: codingPath + [key]) }
}

private struct RandomElements: UnkeyedDecodingContainer {
    let draw: Draw
    let codingPath: [any CodingKey]
    let elementCount: Int
    private(set) var currentIndex = 0
    var count: Int? { elementCount }
    var isAtEnd: Bool { currentIndex >= elementCount }

    init(draw: Draw, codingPath: [any CodingKey], elementCount: Int) {
        self.draw = draw
        self.codingPath = codingPath
        self.elementCount = elementCount
    }

    mutating func decodeNil() -> Bool { false }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        return try draw.value(type, at: codingPath)
    }
    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        currentIndex += 1
        return KeyedDecodingContainer(RandomMembers<Key>(draw: draw, codingPath: codingPath))
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
        currentIndex += 1
        return RandomElements(draw: draw, codingPath: codingPath, elementCount: draw.below(5))
    }
    mutating func superDecoder() -> any Decoder { RandomDecoder(draw: draw, codingPath: codingPath) }
}

private struct RandomValue: SingleValueDecodingContainer {
    let draw: Draw
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try draw.value(type, at: codingPath) }
}
