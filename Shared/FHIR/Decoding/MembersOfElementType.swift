/// Members whose value is an object or an array.
extension Members {
    mutating func element<Element: FHIRElement>(_ name: ElementName) -> Element? {
        take(name).flatMap { decoding.element($0, as: Element.self) }
    }

    /// The elements that could be read; a fault for each other.
    mutating func elements<Element: FHIRElement>(_ name: ElementName) -> [Element] {
        var read: [Element] = []
        forEach(name) { decoding, node in
            if let element = decoding.element(node, as: Element.self) { read.append(element) }
        }
        return read
    }

    mutating func strings(_ name: ElementName, _ grammar: TextGrammar = .string) -> [String] {
        var read: [String] = []
        forEach(name) { decoding, node in
            if let text = decoding.string(node, grammar) { read.append(text) }
        }
        return read
    }

    /// Calls `body` with each element of the member's array; a fault if it is no array or an empty one.
    mutating func forEach(_ name: ElementName, _ body: (Decoding, Int) -> Void) {
        guard let array = take(name) else { return }
        guard decoding.document.kind(array) == .array else { return decoding.reportKind(at: array, "An array") }
        if decoding.document.isEmpty(array) {
            return decoding.report(.structure, at: array, "An array must hold something.")
        }
        for node in decoding.document.elements(of: array) { body(decoding, node) }
    }
}
