internal import FHIR

/// Where a value stands in a document. Worked out only when something is wrong with it.
extension JSONDocument {
    /// One step from a value to one that it holds.
    enum PathStep {
        case member(String)
        case element(Int)
    }

    /// The steps from the document's own value to another.
    func path(to target: Int) -> [PathStep] {
        var steps: [PathStep] = []
        var node = 0
        while node < target {
            let isArray = nodes[node].kind == .array
            var child = node + 1
            var index = 0
            while target >= nodes[isArray ? child : child + 1].next {
                child = Int(nodes[isArray ? child : child + 1].next)
                index += 1
            }
            steps.append(isArray ? .element(index) : .member(text(child)))
            node = isArray ? child : child + 1
        }
        return steps
    }

    /// The same as a fault names it, as `answers[3].item`; empty for the document's own value.
    func memberPath(to target: Int) -> String {
        path(to: target).reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += (text.isEmpty ? "" : ".") + name
            case .element(let index): text += "[\(index)]"
            }
        }
    }

    /// The same for Swift's decoding.
    func codingPath(to target: Int) -> [any CodingKey] { path(to: target).map(PathKey.init) }
}

private struct PathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ step: JSONDocument.PathStep) {
        switch step {
        case .member(let name): (stringValue, intValue) = (name, nil)
        case .element(let index): (stringValue, intValue) = (String(index), index)
        }
    }

    init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    init(intValue: Int) { (stringValue, self.intValue) = (String(intValue), intValue) }
}
