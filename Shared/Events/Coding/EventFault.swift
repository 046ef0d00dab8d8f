/// Why a value is not an event of its type. The decision is always to refuse it: the same bytes never get better, so a
/// reader parks the record and a writer has a bug.
///
/// Names the member, never its value.
public struct EventFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with a member.
    public enum Kind: String, Sendable {
        /// The bytes are no JSON object.
        case notJSON = "is not JSON"
        /// A required member is absent or null.
        case missing = "is missing"
        /// Another JSON type than the member has.
        case wrongType = "has the wrong JSON type"
        /// A value outside the member's format, range or closed vocabulary.
        case notAllowed = "has a value that is not allowed or not known"
        /// A member that must not travel for a family with protected identity.
        case withheld = "must not travel for a family with protected identity"
        /// Not what the envelope says.
        case disagrees = "disagrees with the envelope"
        /// More bytes than a record may have.
        case tooLarge = "is larger than a record may be"
    }

    /// Path of the member, as `answers[3].value`; empty for the value as a whole.
    public let member: String
    /// What is wrong.
    public let kind: Kind

    /// A fault of a member.
    public init(member: String, kind: Kind) {
        self.member = member
        self.kind = kind
    }

    /// One line without any value, such as `answers[3].item is missing`.
    public var description: String { "\(member.isEmpty ? "value" : member) \(kind.rawValue)" }

    /// What an operator can do.
    public var hint: String {
        switch kind {
        case .notAllowed: "if a later release wrote it, upgrade this service and redrive; else the writer has a bug"
        case .notJSON, .missing, .wrongType, .withheld, .disagrees, .tooLarge:
            "the writer has a bug: correct it there, let it publish the next revision, then discard this record"
        }
    }
}

extension EventFault {
    /// What a decoder found, without the value that Foundation's own text may quote.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(member: Self.path(context.codingPath + [key]), kind: .missing)
        case .valueNotFound(_, let context):
            self.init(member: Self.path(context.codingPath), kind: .missing)
        case .typeMismatch(_, let context):
            self.init(member: Self.path(context.codingPath), kind: .wrongType)
        case .dataCorrupted(let context):
            let path = Self.path(context.codingPath)
            self.init(member: path, kind: path.isEmpty ? .notJSON : .notAllowed)
        @unknown default:
            self.init(member: "", kind: .notJSON)
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}
