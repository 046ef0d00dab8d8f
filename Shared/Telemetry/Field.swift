/// One named value beside a log message.
///
/// A value is sensitive unless the call site declares it shown; a sensitive one isn't even kept, only its name is
/// written. So the decision to show stands in the source, where a reviewer sees it. Never show anything that tells who
/// a person is, what somebody answered, or free text from outside.
///
/// A name with a dot is an ECS field (`event.id`, `error.code`) and stands at the top of the line; any other goes into
/// ECS's `labels`.
public struct Field: Sendable {
    /// The longest value that is written, in Unicode scalars; the rest is cut off.
    public static let scalarsMax = 1024

    static let redacted = "[redacted]"

    enum Value: Sendable {
        case text(String)
        /// Written without quotation marks: numbers and booleans.
        case bare(String)
    }

    let name: StaticString
    let value: Value

    /// A sensitive value: the line says that there was one, and nothing of it.
    public init(_ name: StaticString, _ value: some CustomStringConvertible) {
        self.init(name, .text(Self.redacted))
    }

    /// A value that anybody who reads logs may see.
    public init(_ name: StaticString, shown value: some CustomStringConvertible) {
        let scalars = value.description.unicodeScalars.prefix(Self.scalarsMax)
        self.init(name, .text(String(String.UnicodeScalarView(scalars))))
    }

    /// A number that anybody who reads logs may see; written as a JSON number.
    public init(_ name: StaticString, shown value: some BinaryInteger) {
        self.init(name, .bare(value.description))
    }

    /// A yes or no that anybody who reads logs may see; written as a JSON boolean.
    public init(_ name: StaticString, shown value: Bool) {
        self.init(name, .bare(value.description))
    }

    private init(_ name: StaticString, _ value: Value) {
        self.name = name
        self.value = value
    }

    var isECS: Bool { name.withUTF8Buffer { $0.contains(UInt8(ascii: ".")) } }
}
