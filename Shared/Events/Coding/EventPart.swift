/// Something that is an object on the wire, or a part of one.
///
/// Both functions go by `Codable` unless a type has its own, as those have that every form carries: `Codable` costs
/// five times as much. Both ways must write and read the same; a test compares them for every type.
public protocol EventPart: Codable, Hashable, Sendable {
    /// Reads the members from an object that may have others besides.
    /// - Throws: `EventFault` or `DecodingError`.
    init(reading object: ObjectReader) throws
    /// Writes the members to an object that may get others besides.
    /// - Throws: `EncodingError` for what events don't have, such as fractions.
    func write(to object: inout ObjectWriter) throws
}

extension EventPart {
    /// Reads by `Codable`.
    public init(reading object: ObjectReader) throws { self = try EventDecoder.decode(Self.self, from: object) }

    /// Writes by `Codable`.
    public func write(to object: inout ObjectWriter) throws { try object.members(of: self) }
}
