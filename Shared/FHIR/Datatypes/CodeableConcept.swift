/// A concept by codings, by text, or both.
public struct CodeableConcept: Sendable, Hashable {
    /// The concept in one or more systems.
    public var codings: [Coding]
    /// The concept in words.
    public var text: String?

    /// A concept from its parts.
    public init(codings: [Coding] = [], text: String? = nil) {
        self.codings = codings
        self.text = text
    }
}

extension CodeableConcept: FHIRElement {
    init?(reading members: inout Members) {
        codings = members.elements(.coding)
        text = members.string(.text)
    }

    func write(to json: inout JSONWriter) {
        json.elements(.coding, codings)
        json.string(.text, text)
    }
}
