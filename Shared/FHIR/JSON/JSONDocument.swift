/// A JSON document that was found right: its bytes and a flat list of its values.
package struct JSONDocument: Sendable {
    package let bytes: [UInt8]
    package let nodes: [JSONNode]

    /// Reads the document; `names` are the member names to number.
    package init(_ bytes: [UInt8], limits: JSONLimits, names: JSONNames) throws(JSONFault) {
        var parser = JSONParser(bytes, limits: limits, names: names)
        try parser.document()
        self.bytes = bytes
        nodes = parser.nodes
    }

    /// The kind of a value.
    func kind(_ node: Int) -> JSONNode.Kind { nodes[node].kind }

    /// True for an array or object that holds nothing.
    func isEmpty(_ node: Int) -> Bool { Int(nodes[node].next) == node + 1 }

    /// The text of a string, or the characters of a number.
    package func text(_ node: Int) -> String {
        let value = nodes[node]
        guard !value.hasEscapes else { return String(decoding: JSONText.utf8(value, in: bytes), as: UTF8.self) }
        return String(decoding: bytes[Int(value.start)..<Int(value.end)], as: UTF8.self)
    }

    /// The positions of an array's elements in the list of nodes.
    func elements(of array: Int) -> JSONChildren {
        JSONChildren(nodes: nodes, position: array + 1, end: Int(nodes[array].next), valueOffset: 0)
    }

    /// The positions of an object's names; each name's value is at the next position.
    func names(of object: Int) -> JSONChildren {
        JSONChildren(nodes: nodes, position: object + 1, end: Int(nodes[object].next), valueOffset: 1)
    }

    /// The way from `root` to `target`, both positions in the list of nodes. It ends early at a name nobody knows.
    func path(from root: Int, to target: Int) -> [JSONFault.Step] {
        var steps: [JSONFault.Step] = []
        var node = root
        while node < target {
            if kind(node) == .array {
                var index = 0
                for element in elements(of: node) {
                    if target < Int(nodes[element].next) {
                        steps.append(.index(index))
                        node = element
                        break
                    }
                    index += 1
                }
            } else {
                guard let name = names(of: node).first(where: { target < Int(nodes[$0 + 1].next) }),
                    nodes[name].name != JSONNames.unknown
                else { return steps }
                steps.append(.member(nodes[name].name))
                node = name + 1
            }
        }
        return steps
    }
}

/// The elements of an array, or the names of an object, by their positions in the list of nodes.
struct JSONChildren: Sequence, IteratorProtocol {
    fileprivate let nodes: [JSONNode]
    fileprivate var position: Int
    fileprivate let end: Int
    /// How far from a child stands the node that knows where the child ends.
    fileprivate let valueOffset: Int

    mutating func next() -> Int? {
        guard position < end else { return nil }
        defer { position = Int(nodes[position + valueOffset].next) }
        return position
    }
}
