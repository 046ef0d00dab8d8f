/// A pointer to another resource, by address, by identifier, or both.
public struct Reference: Sendable, Hashable {
    /// The address: `Type/id`, an absolute url, or a `urn:`.
    public var reference: String?
    /// The type of the resource.
    public var type: String?
    /// The resource by a business identifier.
    public var identifier: Identifier?
    /// What people see for it. It may be a name: nothing but a page for those allowed may show it.
    public var display: String?

    /// A reference from its parts.
    public init(
        reference: String? = nil, type: String? = nil, identifier: Identifier? = nil, display: String? = nil
    ) {
        self.reference = reference
        self.type = type
        self.identifier = identifier
        self.display = display
    }

    /// Type and id, when the address is `Type/id` or a url that ends in it, with or without a version.
    public var target: (type: String, id: String)? {
        guard let reference else { return nil }
        var rest = reference[...]
        guard var last = Self.cutLast(&rest), var next = Self.cutLast(&rest) ?? Self.all(&rest) else { return nil }
        if next == "_history" {
            guard let id = Self.cutLast(&rest), let type = Self.cutLast(&rest) ?? Self.all(&rest) else { return nil }
            (last, next) = (id, type)
        }
        guard rest.isEmpty || rest.hasPrefix("http"), let first = next.utf8.first,
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first, TextGrammar.isID(last.utf8)
        else { return nil }
        return (String(next), String(last))
    }

    /// Takes what stands behind the last slash, and the slash.
    private static func cutLast(_ rest: inout Substring) -> Substring? {
        guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        defer { rest = rest[..<slash] }
        return rest[rest.utf8.index(after: slash)...]
    }

    /// Takes all that is left, if anything is.
    private static func all(_ rest: inout Substring) -> Substring? {
        defer { rest = "" }
        return rest.isEmpty ? nil : rest
    }

    /// The type of resource it points to, as far as the reference tells.
    public var targetType: String? { type ?? target?.type }
}

extension Reference: FHIRElement {
    init?(reading members: inout Members) {
        reference = members.string(.reference)
        type = members.uri(.type)
        identifier = members.element(.identifier)
        display = members.string(.display)
        if let reference, reference.hasPrefix("#") {
            members.decoding.report(.notSupported, at: members.node, "Contained resources aren't taken.")
        }
        if let type, let target, type != target.type {
            members.decoding.report(.value, at: members.node, "The type and the address name different types.")
        }
    }

    func write(to json: inout JSONWriter) {
        json.string(.reference, reference)
        json.string(.type, type)
        json.element(.identifier, identifier)
        json.string(.display, display)
    }
}

extension Members {
    /// A reference to one of several types of resource; a fault if it shows that it is to another.
    mutating func reference(_ name: ElementName, to types: String...) -> Reference? {
        guard let value = take(name), let reference = decoding.element(value, as: Reference.self) else { return nil }
        if !types.isEmpty, let type = reference.targetType, !types.contains(type) {
            decoding.report(
                .value, at: value, "A reference to \(types.joined(separator: " or ")) is expected.")
        }
        return reference
    }
}
