/// Why a record's headers are no envelope. The decision is always to refuse the record: it parks.
///
/// Names the header, never its value.
public enum EnvelopeFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole event is in the value (`content-type: application/cloudevents…`). Nothing of ours writes that.
    case structuredMode
    /// `ce_specversion` is not `1.0`.
    case specificationVersion
    /// A required header is absent or null.
    case missing(HeaderName)
    /// A header stands twice: which one holds?
    case repeated(HeaderName)
    /// A header's value is not of its form.
    case malformed(HeaderName)
    /// `ce_partitionkey` is not the record's key.
    case keyDiffers

    /// One line without any value.
    public var description: String {
        switch self {
        case .structuredMode: "the record is a CloudEvent in structured mode, only binary mode is read"
        case .specificationVersion: "\(HeaderName.specificationVersion.rawValue) is not 1.0"
        case .missing(let name): "\(name.rawValue) is missing"
        case .repeated(let name): "\(name.rawValue) stands more than once"
        case .malformed(let name): "\(name.rawValue) is malformed"
        case .keyDiffers: "\(HeaderName.partitionKey.rawValue) differs from the record's key"
        }
    }

    /// What an operator can do.
    public var hint: String {
        "see with the topic's access list who else can write to it; discard the record with that as the reason"
    }
}
