/// Why something couldn't be sealed, opened or read as a key. Carries no key, no plain text and no sealed byte; the key
/// ids in it are public names.
public enum CryptographyFailure: Error, Equatable, Sendable {
    /// The system has no random numbers to give.
    case randomUnavailable
    /// The sealed bytes are too short or of a layout this version doesn't know.
    case notSealed
    /// Sealed under a key that the ring doesn't hold.
    case unknownKey(id: String)
    /// The bytes, the associated data or the key isn't what it was at the sealing.
    case notAuthentic
    /// More plain text than one sealing takes.
    case tooLarge(bytesMax: Int)
    /// A key that can't be used; `line` counts from 1 in the text it came from.
    case unusableKey(line: Int, KeyFault)

    /// What is wrong with a key.
    public enum KeyFault: Equatable, Sendable {
        /// The line isn't `id:` and hexadecimal digits.
        case syntax
        /// The id isn't 1 to 32 of letters, digits, `.`, `_` and `-`.
        case id
        /// The key isn't 32 bytes.
        case length
        /// Another key has this id.
        case repeatedID
        /// No key at all.
        case missing
    }

    /// What the caller should do.
    public enum Decision: Equatable, Sendable {
        /// Try again later.
        case retry
        /// Refuse what was being read.
        case refuse
        /// Don't start, or stop.
        case fatal
    }

    /// What the caller should do.
    public var decision: Decision {
        switch self {
        case .randomUnavailable: .retry
        case .notSealed, .notAuthentic, .tooLarge: .refuse
        // The value may be whole: an operator who adds the key can redrive it.
        case .unknownKey: .refuse
        case .unusableKey: .fatal
        }
    }

    /// One line for the operator.
    public var hint: String {
        switch self {
        case .randomUnavailable:
            "The system gives no random numbers: is /dev/urandom or getrandom(2) there?"
        case .notSealed:
            "The value isn't sealed, was cut short, or was sealed by a later version."
        case .unknownKey(let id):
            "Sealed under the key \(id), which this service doesn't hold: add it to the older keys and redrive."
        case .notAuthentic:
            "The value or what it belongs to was changed since it was sealed, or another key has its key's id."
        case .tooLarge(let bytesMax):
            "One sealing takes at most \(bytesMax) bytes."
        case .unusableKey(let line, let fault):
            "Line \(line) of the key file: \(fault.rule)"
        }
    }
}

extension CryptographyFailure.KeyFault {
    fileprivate var rule: String {
        switch self {
        case .syntax: "a line is a key's id, a colon and its 64 lower-case hexadecimal digits."
        case .id: "an id is 1 to 32 of letters, digits, '.', '_' and '-'."
        case .length: "a key is 32 bytes, 64 hexadecimal digits."
        case .repeatedID: "an id names one key only; two have this one."
        case .missing: "at least one key is needed."
        }
    }
}
