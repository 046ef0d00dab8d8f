/// Which published questionnaire something refers to. Version and hash both, so that a changed text can't pass for
/// the old one.
public struct InstrumentReference: Codable, Hashable, Sendable {
    /// Code of the instrument, the same in all versions.
    public var code: String
    /// Published version.
    public var version: String
    /// SHA-256 of the definition's canonical form, 64 lower-case hexadecimal digits.
    public var sha256: String

    /// Takes each member as it will travel.
    public init(
        code: String, version: String, sha256: String
    ) {
        self.code = code
        self.version = version
        self.sha256 = sha256
    }

    /// Code and version, as people and tables name an instrument. The hash adds nothing: a version has one.
    public var name: String { Self.name(code, version: version) }

    /// The name of a version.
    public static func name(_ code: String, version: String) -> String { "\(code)/\(version)" }
}

extension InstrumentReference: EventPart {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(
            code: try object.text("code"), version: try object.text("version"), sha256: try object.text("sha256"))
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("code", code)
        object.member("sha256", sha256)
        object.member("version", version)
    }
}
