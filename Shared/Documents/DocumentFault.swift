/// One wrong place in a document.
public struct DocumentFault: Sendable, Hashable {
    /// The rule that is broken, without the value that broke it.
    public let rule: String
    /// JSON pointer to the place as a URI fragment: `#/items/3`.
    public let pointer: String

    /// A fault at a place.
    public init(_ rule: String, at pointer: String) {
        self.rule = rule
        self.pointer = pointer
    }
}

extension String {
    /// A member's name as a step of a JSON pointer (RFC 6901, section 3).
    public var pointerToken: String { replacing("~", with: "~0").replacing("/", with: "~1") }
}
