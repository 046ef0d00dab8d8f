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

    /// A name of somebody else's as a step of a JSON pointer that people read: one that is too long is cut.
    public var shownPointerToken: String {
        let shown = prefix(100)
        return (shown.endIndex < endIndex ? shown + "…" : shown).description.pointerToken
    }

    /// The same where one line is expected, as on a terminal: what would break the line or order the terminal about is
    /// written as Swift escapes it.
    public var onOneLine: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator:
                        Array("\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
                    default: [scalar]
                    }
                }))
    }
}
