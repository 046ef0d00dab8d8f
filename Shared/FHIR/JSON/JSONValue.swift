/// A JSON value as a tree: for documents that aren't FHIR but are to be read as strictly.
///
/// Reading refuses what the FHIR reader refuses: bytes that aren't UTF-8, a member twice, too deep, too large. Numbers
/// keep the characters they were written with.
public indirect enum JSONValue: Sendable, Hashable {
    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: JSONValue
    }

    /// Members in the order in which they were written.
    case object([Member])
    /// Elements.
    case array([JSONValue])
    /// A text.
    case string(String)
    /// The characters of a number.
    case number(String)
    /// True or false.
    case boolean(Bool)
    /// Null.
    case null

    /// Reads a whole document; the refusal says where it stops being JSON, and nothing of the content.
    public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(FHIRRefusal) {
        self.init(0, in: try Decoding.document(bytes, limits: limits, root: "document"))
    }

    /// Compact JSON, the members in their order or sorted by name: sorted, equal documents have equal bytes.
    public func json(sorted: Bool = false) -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer, sorted: sorted)
        return writer.bytes
    }

    private init(_ node: Int, in document: JSONDocument) {
        switch document.kind(node) {
        case .object:
            self = .object(
                document.names(of: node).map { name in
                    Member(name: document.text(name), value: JSONValue(name + 1, in: document))
                })
        case .array: self = .array(document.elements(of: node).map { JSONValue($0, in: document) })
        case .string, .name: self = .string(document.text(node))
        case .number: self = .number(document.text(node))
        case .true: self = .boolean(true)
        case .false: self = .boolean(false)
        case .null: self = .null
        }
    }

    private func write(to writer: inout JSONWriter, sorted: Bool) {
        switch self {
        case .object(let members):
            writer.object { writer in
                for member in sorted ? members.sorted(by: { $0.name < $1.name }) : members {
                    writer.memberName(member.name)
                    member.value.write(to: &writer, sorted: sorted)
                }
            }
        case .array(let elements):
            writer.array { writer in
                for element in elements { element.write(to: &writer, sorted: sorted) }
            }
        case .string(let text): writer.string(text)
        case .number(let digits): writer.json(Array(digits.utf8))
        case .boolean(let truth): writer.boolean(truth)
        case .null: writer.json(Array("null".utf8))
        }
    }
}
