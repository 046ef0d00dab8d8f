/// Encodes values as canonical JSON.
///
/// Foundation's encoder gathers every object in a dictionary and costs three times as much (measured on an answered
/// form). Numbers are whole: events have no others, and a fraction has more than one spelling.
final class CanonicalEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    /// What the value that is being encoded has come to; nil before it wrote anything.
    fileprivate var current: CanonicalJSON?

    /// The bytes of a value.
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let json = try CanonicalEncoder().json(of: value)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        json.write(to: &bytes)
        return bytes
    }

    /// The members that a value has as an object; none when it is no object.
    static func members(of value: some Encodable) throws -> [(name: String, value: CanonicalJSON)] {
        guard case .object(let members) = try CanonicalEncoder().json(of: value) else { return [] }
        return members.list
    }

    /// One encoder serves nested values too: what is underway is put aside meanwhile.
    fileprivate func json(of value: some Encodable) throws -> CanonicalJSON {
        let outer = current
        current = nil
        defer { current = outer }
        try value.encode(to: self)
        return current ?? .object(CanonicalJSON.Members())
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(KeyedMembers(encoder: self, members: members()))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let elements = CanonicalJSON.Elements()
        current = .array(elements)
        return ArrayElements(encoder: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleValue(encoder: self) }

    /// A second container of the same value writes to the same object.
    private func members() -> CanonicalJSON.Members {
        if case .object(let members) = current { return members }
        let members = CanonicalJSON.Members()
        current = .object(members)
        return members
    }

    fileprivate static func refusal(of number: Any) -> EncodingError {
        EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "events have whole numbers only"))
    }
}

private struct KeyedMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: CanonicalEncoder
    let members: CanonicalJSON.Members
    var codingPath: [any CodingKey] { [] }

    private func set(_ value: CanonicalJSON, _ key: Key) { members.list.append((key.stringValue, value)) }

    func encodeNil(forKey key: Key) { set(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { set(.boolean(value), key) }
    func encode(_ value: String, forKey key: Key) { set(.text(value), key) }
    func encode(_ value: Int, forKey key: Key) { set(.integer(Int64(value)), key) }
    func encode(_ value: Double, forKey key: Key) throws { throw CanonicalEncoder.refusal(of: value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { set(try encoder.json(of: value), key) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let nested = CanonicalJSON.Members()
        set(.object(nested), key)
        return KeyedEncodingContainer(KeyedMembers<Nested>(encoder: encoder, members: nested))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let nested = CanonicalJSON.Elements()
        set(.array(nested), key)
        return ArrayElements(encoder: encoder, elements: nested)
    }

    func superEncoder() -> any Encoder { preconditionFailure("no event has a superclass") }
    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("no event has a superclass") }
}

private struct ArrayElements: UnkeyedEncodingContainer {
    let encoder: CanonicalEncoder
    let elements: CanonicalJSON.Elements
    var codingPath: [any CodingKey] { [] }
    var count: Int { elements.list.count }

    func encodeNil() { elements.list.append(.null) }
    func encode(_ value: Bool) { elements.list.append(.boolean(value)) }
    func encode(_ value: String) { elements.list.append(.text(value)) }
    func encode(_ value: Int) { elements.list.append(.integer(Int64(value))) }
    func encode(_ value: Double) throws { throw CanonicalEncoder.refusal(of: value) }
    func encode(_ value: some Encodable) throws { elements.list.append(try encoder.json(of: value)) }

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        let nested = CanonicalJSON.Members()
        elements.list.append(.object(nested))
        return KeyedEncodingContainer(KeyedMembers<Nested>(encoder: encoder, members: nested))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let nested = CanonicalJSON.Elements()
        elements.list.append(.array(nested))
        return ArrayElements(encoder: encoder, elements: nested)
    }

    func superEncoder() -> any Encoder { preconditionFailure("no event has a superclass") }
}

private struct SingleValue: SingleValueEncodingContainer {
    let encoder: CanonicalEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.current = .null }
    func encode(_ value: Bool) { encoder.current = .boolean(value) }
    func encode(_ value: String) { encoder.current = .text(value) }
    func encode(_ value: Double) throws { throw CanonicalEncoder.refusal(of: value) }
    func encode(_ value: Float) throws { throw CanonicalEncoder.refusal(of: value) }
    func encode(_ value: Int) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: Int8) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: Int16) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: Int32) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: Int64) { encoder.current = .integer(value) }
    func encode(_ value: UInt) throws { try whole(value) }
    func encode(_ value: UInt8) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: UInt16) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: UInt32) { encoder.current = .integer(Int64(value)) }
    func encode(_ value: UInt64) throws { try whole(value) }
    func encode(_ value: some Encodable) throws { encoder.current = try encoder.json(of: value) }

    private func whole(_ value: some BinaryInteger) throws {
        guard let number = Int64(exactly: value) else { throw CanonicalEncoder.refusal(of: value) }
        encoder.current = .integer(number)
    }
}
