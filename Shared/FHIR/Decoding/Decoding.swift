/// One reading of a resource: where it stands and what is wrong with it so far.
///
/// A class because every element that is being read reports to the same list; it never leaves the call that made it.
final class Decoding {
    let document: JSONDocument
    private(set) var issues = Issues()
    private let root: Int
    private let place: String

    /// A reading of the resource at node `root`, whose place is `place`.
    init(_ document: JSONDocument, root: Int, place: String) {
        self.document = document
        self.root = root
        self.place = place
    }

    /// Reads the root as a resource of one type.
    func resource<Resource: FHIRResource>(_: Resource.Type) -> Resource? {
        guard document.kind(root) == .object else {
            report(.structure, at: root, "An object is expected.")
            return nil
        }
        var members = Members(self, root)
        let type = members.string(.resourceType)
        members.require(.resourceType)
        guard let type else { return nil }
        guard type == Resource.type else {
            report(.structure, at: root, "The resourceType \(Resource.type) is expected here.")
            return nil
        }
        let resource = Resource(reading: &members)
        members.end()
        return resource
    }

    /// Reads the object at a node; a fault if it isn't one or holds nothing.
    func element<Element: FHIRElement>(_ node: Int, as _: Element.Type) -> Element? {
        guard document.kind(node) == .object else {
            reportKind(at: node, "An object")
            return nil
        }
        guard !document.isEmpty(node) else {
            report(.structure, at: node, "An object must hold something.")
            return nil
        }
        var members = Members(self, node)
        let element = Element(reading: &members)
        members.end()
        return element
    }

    /// Reports a fault at a node.
    func report(_ code: IssueCode, at node: Int, _ diagnostics: @autoclosure () -> String) {
        issues.add(code, at: place(of: node), diagnostics())
    }

    /// Reports that a value is of another JSON type than it must be.
    func reportKind(at node: Int, _ expected: StaticString) {
        if document.kind(node) == .null {
            report(.structure, at: node, "FHIR has no null; a member without a value is left out.")
        } else {
            report(.structure, at: node, "\(expected) is expected.")
        }
    }

    private func place(of node: Int) -> String {
        Self.place(place, document.path(from: root, to: node))
    }

    private static func place(_ root: String, _ steps: [JSONFault.Step]) -> String {
        steps.reduce(into: root) { place, step in
            switch step {
            case .index(let index): place += "[\(index)]"
            case .member(let number): place += ".\(ElementName(rawValue: number)?.pathText ?? "")"
            }
        }
    }

    /// Reads bytes as JSON; the refusal says where it stops being JSON.
    static func document(
        _ bytes: [UInt8], limits: JSONLimits, root: String
    ) throws(FHIRRefusal) -> JSONDocument {
        do {
            return try JSONDocument(bytes, limits: limits, names: ElementName.numbered)
        } catch {
            if case .larger = error.reason {
                throw FHIRRefusal(.tooLarge, [OperationOutcome.Issue(.tooLong, at: root, error.rule)])
            }
            let seenAt = "line \(error.line), column \(error.column)"
            throw FHIRRefusal(
                .malformed,
                [OperationOutcome.Issue(.structure, at: place(root, error.path), "\(error.rule) Seen at \(seenAt).")])
        }
    }
}

extension JSONFault {
    /// The rule that isn't kept, as a sentence.
    fileprivate var rule: String {
        switch reason {
        case .larger(let bytesMax): "A document may have at most \(bytesMax) bytes."
        case .deeper(let levelsMax): "At most \(levelsMax) arrays and objects may stand inside each other."
        case .moreMembers(let membersMax): "An object may have at most \(membersMax) members."
        case .invalidUTF8: "JSON is UTF-8; these bytes aren't."
        case .byteOrderMark: "JSON begins without a byte order mark."
        case .endsEarly: "The JSON ends before it is complete."
        case .valueExpected: "A JSON value is expected."
        case .nameExpected: "The name of a member, in quotation marks, is expected."
        case .colonExpected: "A colon is expected after the name of a member."
        case .commaOrEndExpected: "A comma or the end of the array or object is expected."
        case .nothingMoreExpected: "Nothing may follow the JSON value."
        case .numberGrammar: "The number isn't written as JSON writes numbers."
        case .escapeGrammar: "JSON has no such escape sequence."
        case .surrogateAlone: "A surrogate must be one of a pair."
        case .controlCharacter: "A control character in a string must be escaped."
        case .duplicateMember: "An object may have a member only once."
        }
    }
}
