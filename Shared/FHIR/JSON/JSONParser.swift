/// Reads RFC 8259 text into a flat list of nodes, strictly and once from front to back.
///
/// Beyond the grammar it refuses what two readers could understand differently: a member twice in one object,
/// a surrogate without its other half, a byte order mark. Cost: linear in the bytes.
struct JSONParser {
    let bytes: [UInt8]
    var position = 0
    private(set) var nodes: [JSONNode] = []
    private let limits: JSONLimits
    private let names: JSONNames
    private var depth = 0

    init(_ bytes: [UInt8], limits: JSONLimits, names: JSONNames) {
        self.bytes = bytes
        self.limits = limits
        self.names = names
        nodes.reserveCapacity(min(bytes.count / 8, 4096) + 16)
    }

    /// Reads the whole document.
    mutating func document() throws(JSONFault) {
        guard bytes.count <= limits.bytesMax else {
            throw JSONFault(.larger(thanBytes: limits.bytesMax), at: 0, in: [])
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONFault(.invalidUTF8, at: error.byteOffsets.lowerBound, in: bytes)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw fault(.byteOrderMark) }
        skipWhitespace()
        try value()
        skipWhitespace()
        if position < bytes.count { throw fault(.nothingMoreExpected) }
    }

    private mutating func value() throws(JSONFault) {
        guard let first = peek else { throw fault(.endsEarly) }
        switch first {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true", .true)
        case UInt8(ascii: "f"): try literal("false", .false)
        case UInt8(ascii: "n"): try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = position
            try skipNumber()
            append(.number, start, position)
        default: throw fault(.valueExpected)
        }
    }

    private mutating func object() throws(JSONFault) {
        let container = try open(.object)
        if peek == UInt8(ascii: "}") { return close(container) }
        var members = 0
        var last: Int?
        while true {
            members += 1
            if members > limits.membersMax { throw fault(.moreMembers(than: limits.membersMax)) }
            last = try name(in: container, behind: last)
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw fault(orEnd: .colonExpected) }
            try value()
            skipWhitespace()
            if take(UInt8(ascii: ",")) { continue }
            guard peek == UInt8(ascii: "}") else { throw fault(orEnd: .commaOrEndExpected) }
            return close(container)
        }
    }

    private mutating func array() throws(JSONFault) {
        let container = try open(.array)
        if peek == UInt8(ascii: "]") { return close(container) }
        while true {
            try value()
            skipWhitespace()
            if take(UInt8(ascii: ",")) { continue }
            guard peek == UInt8(ascii: "]") else { throw fault(orEnd: .commaOrEndExpected) }
            return close(container)
        }
    }

    private mutating func open(_ kind: JSONNode.Kind) throws(JSONFault) -> Int {
        guard depth < limits.depthMax else { throw fault(.deeper(thanLevels: limits.depthMax)) }
        depth += 1
        nodes.append(JSONNode(kind: kind, start: Int32(position), end: 0, next: 0))
        position += 1
        skipWhitespace()
        return nodes.count - 1
    }

    private mutating func close(_ container: Int) {
        depth -= 1
        position += 1
        nodes[container].end = Int32(position)
        nodes[container].next = Int32(nodes.count)
    }

    /// - Parameter last: the name before, as long as each name so far stood behind the one before it in the order of
    ///   their bytes: of such names none is there twice.
    /// - Returns: this name's place among the nodes; nil once the order was broken.
    private mutating func name(in container: Int, behind last: Int?) throws(JSONFault) -> Int? {
        guard peek == UInt8(ascii: "\"") else { throw fault(orEnd: .nameExpected) }
        let opening = position
        let hasEscapes = try skipString()
        let start = opening + 1
        let end = position - 1
        let node = nodes.count
        append(.name, start, end, hasEscapes: hasEscapes)
        if hasEscapes {
            let text = JSONText.unescaped(bytes, start, end)
            nodes[node].name = names.number(of: text, 0, text.count)
        } else {
            nodes[node].name = names.number(of: bytes, start, end)
        }
        let isFirst = node == container + 1
        if isFirst || last.map({ JSONText.isOrdered(nodes[$0], nodes[node], in: bytes) }) == true { return node }
        if isRepeated(node, in: container) {
            nodes.removeLast()
            position = opening
            throw fault(.duplicateMember)
        }
        return nil
    }

    /// Objects of FHIR have a handful of members, so that looking back is cheaper than a set of names.
    private func isRepeated(_ node: Int, in container: Int) -> Bool {
        var earlier = container + 1
        while earlier < node {
            if nodes[earlier].name == nodes[node].name {
                if nodes[node].name != JSONNames.unknown { return true }
                if JSONText.areEqual(nodes[earlier], nodes[node], in: bytes) { return true }
            }
            earlier = Int(nodes[earlier + 1].next)
        }
        return false
    }

    private mutating func string() throws(JSONFault) {
        let opening = position
        let hasEscapes = try skipString()
        append(.string, opening + 1, position - 1, hasEscapes: hasEscapes)
    }

    private mutating func literal(_ text: StaticString, _ kind: JSONNode.Kind) throws(JSONFault) {
        let start = position
        try skipLiteral(text)
        append(kind, start, position)
    }

    private mutating func append(_ kind: JSONNode.Kind, _ start: Int, _ end: Int, hasEscapes: Bool = false) {
        let next = Int32(nodes.count + 1)
        nodes.append(
            JSONNode(kind: kind, hasEscapes: hasEscapes, start: Int32(start), end: Int32(end), next: next))
    }
}
