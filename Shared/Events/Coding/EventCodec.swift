/// Events to bytes and back. The same event always gives the same bytes: members are sorted, slashes are not escaped.
public enum EventCodec {
    /// The bytes of a record's value.
    ///
    /// Throws a fault when the event must not travel as it is, or is larger than a record may be.
    public static func encode<Body>(_ event: Event<Body>) throws(EventFault) -> [UInt8] {
        try encode(event, cutting: []).value
    }

    /// The bytes of a record's value, and an object of some of its members alone: what `encode(part:)` writes for a
    /// part that has just these members, without writing them twice.
    /// - Parameter members: in the order of canonical JSON. What the event doesn't have is passed over;
    ///   without any, `cut` is empty.
    public static func encode<Body>(
        _ event: Event<Body>, cutting members: [StaticString]
    ) throws(EventFault) -> (value: [UInt8], cut: [UInt8]) {
        if let fault = event.body.fault(under: event.common) { throw fault }
        let (value, cut): ([UInt8], [UInt8])
        do {
            (value, cut) = try ObjectWriter.object(cutting: members) { object in
                try event.common.write(to: &object)
                try event.body.write(to: &object)
            }
        } catch {
            throw EventFault(member: "", kind: .notJSON)
        }
        guard value.count <= TopicContract.recordBytesMax else { throw EventFault(member: "", kind: .tooLarge) }
        return (value, cut)
    }

    /// The event in a record's value.
    public static func decode<Body>(
        _ type: Event<Body>.Type = Event<Body>.self, from bytes: [UInt8]
    ) throws(EventFault) -> Event<Body> {
        let event: Event<Body>
        do {
            let object = try ObjectReader(bytes)
            event = Event(try Body.Common(reading: object), try Body(reading: object))
        } catch let fault as EventFault {
            throw fault
        } catch let error as DecodingError {
            throw EventFault(error)
        } catch {
            throw EventFault(member: "", kind: .notJSON)
        }
        if let fault = event.body.fault(under: event.common) { throw fault }
        return event
    }

    /// The event in a record's value, which must be what the envelope says: type, subject and revision.
    public static func decode<Body>(
        _ type: Event<Body>.Type = Event<Body>.self, from bytes: [UInt8], under envelope: Envelope
    ) throws(EventFault) -> Event<Body> {
        guard envelope.eventType == Body.type else { throw EventFault(member: "", kind: .disagrees) }
        let event = try decode(type, from: bytes)
        guard event.common.revision == envelope.revision else {
            throw EventFault(member: "revision", kind: .disagrees)
        }
        guard event.body.subject == envelope.subject else { throw EventFault(member: "subject", kind: .disagrees) }
        return event
    }

    /// A part of an event out of a record's value or out of what `canonical` wrote; members that `type` doesn't have
    /// are passed over.
    /// - Throws: `DecodingError`, `EventFault`.
    public static func part<Part: Decodable>(_ type: Part.Type, from bytes: [UInt8]) throws -> Part {
        try EventDecoder.decode(type, from: bytes)
    }

    /// A part by its own reading, out of a record's value or out of what `encode(part:)` wrote.
    /// - Throws: `EventFault`, `DecodingError`.
    public static func decode<Part: EventPart>(part type: Part.Type, from bytes: [UInt8]) throws -> Part {
        try Part(reading: ObjectReader(bytes))
    }

    /// The canonical JSON of a part by its own writing.
    public static func encode(part: some EventPart) throws(EventFault) -> [UInt8] {
        do {
            return try ObjectWriter.object(part.write)
        } catch {
            throw EventFault(member: "", kind: .notJSON)
        }
    }

    /// The canonical form of RFC 8785: no spaces, members in the order of their names' UTF-16 code units, only the
    /// escapes that JSON requires. Numbers are whole, and it is the RFC's spelling up to 2^53, beyond which the RFC
    /// knows no number exactly.
    ///
    /// For what is hashed, and for what a service keeps of events in its own store.
    public static func canonical(_ value: some Encodable) throws(EventFault) -> [UInt8] {
        do {
            return try CanonicalEncoder.encode(value)
        } catch {
            throw EventFault(member: "", kind: .notJSON)
        }
    }
}
