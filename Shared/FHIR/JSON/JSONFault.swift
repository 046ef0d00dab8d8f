/// Why a sequence of bytes isn't a JSON document that this module takes, and where. It holds nothing of the content.
package struct JSONFault: Error, Equatable {
    enum Reason: Equatable {
        case larger(thanBytes: Int)
        case deeper(thanLevels: Int)
        case moreMembers(than: Int)
        case invalidUTF8
        case byteOrderMark
        case endsEarly
        case valueExpected
        case nameExpected
        case colonExpected
        case commaOrEndExpected
        case nothingMoreExpected
        case numberGrammar
        case escapeGrammar
        case surrogateAlone
        case controlCharacter
        case duplicateMember
    }

    /// A step from the root towards the fault.
    enum Step: Equatable {
        /// A member, by the number of its name.
        case member(Int16)
        /// An element of an array.
        case index(Int)
    }

    let reason: Reason
    /// The byte at which the fault was seen, from 0.
    let offset: Int
    /// The line, from 1.
    let line: Int
    /// The byte within the line, from 1.
    let column: Int
    /// The innermost value that was being read, as far as its names are known.
    let path: [Step]

    init(_ reason: Reason, at offset: Int, in bytes: [UInt8], nodes: [JSONNode] = []) {
        self.reason = reason
        self.offset = offset
        let before = bytes.prefix(offset)
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        column = 1 + offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
        path = Self.path(to: nodes)
    }

    /// The open containers, outermost first, are the nodes whose end isn't known yet.
    private static func path(to nodes: [JSONNode]) -> [Step] {
        var steps: [Step] = []
        var parent: Int?
        for position in nodes.indices {
            let node = nodes[position]
            let isPendingName = node.kind == .name && position == nodes.count - 1
            guard node.next == 0 || isPendingName else { continue }
            if let parent {
                if nodes[parent].kind == .array {
                    steps.append(.index(Self.index(of: position, in: parent, nodes)))
                } else {
                    let name = isPendingName ? node.name : nodes[position - 1].name
                    guard name != JSONNames.unknown else { return steps }
                    steps.append(.member(name))
                }
            }
            parent = position
        }
        return steps
    }

    private static func index(of position: Int, in parent: Int, _ nodes: [JSONNode]) -> Int {
        var index = 0
        var child = parent + 1
        while child < position {
            child = Int(nodes[child].next)
            index += 1
        }
        return index
    }
}
