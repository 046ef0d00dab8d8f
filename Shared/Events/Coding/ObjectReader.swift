internal import FHIR
internal import Foundation
public import Runtime

/// Reads the members of one object of a JSON document. Faults name the member by its path, as `EventFault` has it.
public struct ObjectReader {
    let document: JSONDocument
    let object: Int

    /// The document's one object.
    init(_ bytes: [UInt8]) throws(EventFault) {
        let document: JSONDocument
        do throws(JSONFault) {
            document = try JSONDocument(event: bytes)
        } catch {
            throw EventFault(member: "", kind: .notJSON)
        }
        try self.init(document, at: 0)
    }

    private init(_ document: JSONDocument, at node: Int) throws(EventFault) {
        self.document = document
        object = node
        guard document.nodes[node].kind == .object else { throw fault(node, .wrongType) }
    }

    // MARK: Members

    /// Text that must be there.
    public func text(_ name: StaticString) throws(EventFault) -> String { try text(at: node(name)) }

    /// Text that may be there.
    public func textIfAny(_ name: StaticString) throws(EventFault) -> String? {
        guard let node = document.value(of: name, in: object) else { return nil }
        return try text(at: node)
    }

    /// A whole number that must be there.
    public func whole(_ name: StaticString) throws(EventFault) -> Int { try whole(at: node(name)) }

    /// A whole number that may be there.
    public func wholeIfAny(_ name: StaticString) throws(EventFault) -> Int? {
        guard let node = document.value(of: name, in: object) else { return nil }
        return try whole(at: node)
    }

    private func whole(at node: Int) throws(EventFault) -> Int {
        guard document.nodes[node].kind == .number else { throw fault(node, .wrongType) }
        guard let number = document.whole(Int.self, node) else { throw fault(node, .notAllowed) }
        return number
    }

    /// A truth value that must be there.
    public func truth(_ name: StaticString) throws(EventFault) -> Bool {
        let node = try node(name)
        switch document.nodes[node].kind {
        case .true: return true
        case .false: return false
        default: throw fault(node, .wrongType)
        }
    }

    /// An identifier that must be there.
    public func id<Subject>(_ name: StaticString) throws(EventFault) -> Identifier<Subject> {
        try parsed(node(name)) { UUID(utf8: $0).map(Identifier.init) }
    }

    /// An identifier that may be there.
    public func idIfAny<Subject>(_ name: StaticString) throws(EventFault) -> Identifier<Subject>? {
        try document.value(of: name, in: object).map { node throws(EventFault) in
            try parsed(node) { UUID(utf8: $0).map(Identifier.init) }
        }
    }

    /// A time that must be there.
    public func time(_ name: StaticString) throws(EventFault) -> Timestamp {
        try parsed(node(name)) { Timestamp(rfc3339: $0) }
    }

    /// A code of a vocabulary, open or closed, that must be there.
    public func code<Code: RawRepresentable<String>>(_ name: StaticString) throws(EventFault) -> Code {
        try code(at: node(name))
    }

    /// A code that may be there.
    public func codeIfAny<Code: RawRepresentable<String>>(_ name: StaticString) throws(EventFault) -> Code? {
        guard let node = document.value(of: name, in: object) else { return nil }
        return try code(at: node)
    }

    /// An object that must be there.
    public func part<Part: EventPart>(_ name: StaticString) throws -> Part {
        try Part(reading: ObjectReader(document, at: node(name)))
    }

    /// A list of objects, which must be there.
    public func parts<Part: EventPart>(_ name: StaticString) throws -> [Part] {
        try elements(name) { try Part(reading: ObjectReader(document, at: $0)) }
    }

    /// A list of texts, which must be there.
    public func texts(_ name: StaticString) throws -> [String] { try elements(name, text) }

    /// A list of codes, which must be there.
    public func codes<Code: RawRepresentable<String>>(_ name: StaticString) throws -> [Code] {
        try elements(name, code)
    }

    /// A value by its place in the document; nil when there is none or null.
    func valueIfAny(_ name: StaticString) -> Int? { document.value(of: name, in: object) }

    // MARK: Values

    func text(at node: Int) throws(EventFault) -> String {
        switch document.nodes[node].kind {
        case .string: return document.text(node)
        case .null: throw fault(node, .missing)
        default: throw fault(node, .wrongType)
        }
    }

    func fault(_ node: Int, _ kind: EventFault.Kind) -> EventFault {
        EventFault(member: document.memberPath(to: node), kind: kind)
    }

    private func node(_ name: StaticString) throws(EventFault) -> Int {
        if let node = document.value(of: name, in: object) { return node }
        let path = document.memberPath(to: object)
        throw EventFault(member: path.isEmpty ? "\(name)" : "\(path).\(name)", kind: .missing)
    }

    private func code<Code: RawRepresentable<String>>(at node: Int) throws(EventFault) -> Code {
        guard let code = Code(rawValue: try text(at: node)) else { throw fault(node, .notAllowed) }
        return code
    }

    /// A value whose text has a grammar. Text with escapes is made first: none of our grammars needs any.
    private func parsed<Value>(
        _ node: Int, _ read: (UnsafeBufferPointer<UInt8>) -> Value?
    ) throws(EventFault) -> Value {
        guard document.nodes[node].kind == .string else { throw fault(node, .wrongType) }
        let value: Value?
        if document.nodes[node].hasEscapes {
            var text = document.text(node)
            value = text.withUTF8(read)
        } else {
            value = document.withUTF8(node, read)
        }
        guard let value else { throw fault(node, .notAllowed) }
        return value
    }

    private func elements<Element>(_ name: StaticString, _ read: (Int) throws -> Element) throws -> [Element] {
        let array = try node(name)
        guard document.nodes[array].kind == .array else { throw fault(array, .wrongType) }
        let end = Int(document.nodes[array].next)
        var node = array + 1
        var elements: [Element] = []
        // An object of two members has five nodes: its own, two names, two values.
        elements.reserveCapacity(min((end - node + 4) / 5, 64))
        while node < end {
            guard document.nodes[node].kind != .null else { throw fault(node, .missing) }
            elements.append(try read(node))
            node = Int(document.nodes[node].next)
        }
        return elements
    }
}

extension JSONDocument {
    private static let limits = JSONLimits()
    /// Names are compared as bytes here: every type has its own.
    private static let names = JSONNames([])

    /// Reads an event by the strict reader that FHIR documents go through.
    init(event bytes: [UInt8]) throws(JSONFault) {
        try self.init(bytes, limits: Self.limits, names: Self.names)
    }

    /// The value of a member; nil when there is none or it is null, which stands for none.
    func value(of name: StaticString, in object: Int) -> Int? {
        let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard let node = value(named: name, in: object), nodes[node].kind != .null else { return nil }
        return node
    }

    /// The value of a member, null too.
    func value(named name: UnsafeBufferPointer<UInt8>, in object: Int) -> Int? {
        let first = name.first
        return bytes.withUnsafeBytes { bytes in
            nodes.withUnsafeBufferPointer { nodes in
                let end = Int(nodes[object].next)
                var node = object + 1
                while node < end {
                    let found = nodes[node]
                    // Our writers escape nothing in a name; a name that needs no escape but has one isn't known.
                    if Int(found.end - found.start) == name.count, !found.hasEscapes,
                        first == nil || bytes[Int(found.start)] == first,
                        memcmp(bytes.baseAddress! + Int(found.start), name.baseAddress!, name.count) == 0
                    {
                        return node + 1
                    }
                    node = Int(nodes[node + 1].next)
                }
                return nil
            }
        }
    }

    func withUTF8<Result>(_ node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = Int(nodes[node].start)..<Int(nodes[node].end)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// A whole number, which may be spelled with a fraction or an exponent; nil for any other.
    func whole<Number: FixedWidthInteger>(_ type: Number.Type, _ node: Int) -> Number? {
        let text = text(node)
        if let number = Number(text) { return number }
        return Double(text).flatMap { Number(exactly: $0) }
    }
}
