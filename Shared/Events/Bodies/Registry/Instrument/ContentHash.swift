internal import Cryptography

extension InstrumentPublished {
    /// SHA-256, in lower-case hexadecimal, of what a score depends on: code, version and definition.
    ///
    /// Hashed is their canonical form after RFC 8785, absent members left out (`EventCodec.canonical` writes it). A
    /// definition with a member that this release doesn't know hashes to something else than it says: rightly so, since
    /// such a member may change the score.
    public static func contentHash(
        code: String, version: String, definition: InstrumentDefinition
    ) throws(EventFault) -> String {
        struct Content: Encodable {
            let code: String
            let version: String
            let definition: InstrumentDefinition
        }
        let bytes = try EventCodec.canonical(Content(code: code, version: version, definition: definition))
        return SHA256.hash(bytes).hexText
    }

    /// Whether the definition is the one that the reference's hash names.
    public func hashMatches() throws(EventFault) -> Bool {
        let hash = try Self.contentHash(
            code: instrument.code, version: instrument.version, definition: definition)
        return hash == instrument.sha256
    }
}

extension ContactListPublished {
    /// SHA-256 of the entries' canonical form, in lower-case hexadecimal.
    public static func contentHash(entries: [ContactListEntry]) throws(EventFault) -> String {
        SHA256.hash(try EventCodec.canonical(entries)).hexText
    }
}
