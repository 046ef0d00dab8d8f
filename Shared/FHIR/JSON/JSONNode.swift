/// One value, or the name of one member, in the flat list of a document.
///
/// The list is in document order: a container is followed by what it holds, a member's name by the member's value.
/// Sixteen bytes and no reference each, so that a form of 18 answers is two allocations: its bytes and its nodes.
package struct JSONNode: Sendable {
    package enum Kind: UInt8, Sendable {
        case object, array, string, number, `true`, `false`, null
        /// The name of a member; the value is the next node.
        case name
    }

    package let kind: Kind
    /// A string or name that has at least one escape sequence, so that its text isn't its bytes.
    package var hasEscapes = false
    /// For a name: its index in the reader's `JSONNames`, or `JSONNames.unknown`.
    var name = JSONNames.unknown
    /// The first byte of the value; for strings and names the one after the quotation mark.
    package let start: Int32
    /// One past the last byte; for strings and names the closing quotation mark.
    package var end: Int32
    /// The node after this one and all it holds. Zero while a container is still open.
    package var next: Int32
}
