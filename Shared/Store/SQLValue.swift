public import Foundation
public import Runtime

/// A value bound to a statement's parameter.
public enum SQLValue: Sendable, Equatable {
    /// SQL's NULL.
    case null
    /// A 64-bit integer.
    case integer(Int64)
    /// A floating-point number.
    case real(Double)
    /// UTF-8 text.
    case text(String)
    /// Bytes.
    case blob([UInt8])
    /// An identifier, stored as its 16 bytes.
    case uuid(UUID)

    /// A whole number of any width.
    public static func int(_ number: some BinaryInteger) -> SQLValue { .integer(Int64(number)) }
    /// A truth value, stored as 0 or 1.
    public static func bool(_ truth: Bool) -> SQLValue { .integer(truth ? 1 : 0) }
    /// An instant, stored as milliseconds since 1970.
    public static func time(_ time: Timestamp) -> SQLValue { .integer(time.milliseconds) }
    /// Text or NULL.
    public static func maybe(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    /// Bytes or NULL.
    public static func maybe(_ bytes: [UInt8]?) -> SQLValue { bytes.map(SQLValue.blob) ?? .null }
    /// An identifier or NULL.
    public static func maybe(_ uuid: UUID?) -> SQLValue { uuid.map(SQLValue.uuid) ?? .null }
    /// A number or NULL.
    public static func maybe(_ number: (some BinaryInteger)?) -> SQLValue {
        number.map { .integer(Int64($0)) } ?? .null
    }
    /// An instant or NULL.
    public static func maybe(_ time: Timestamp?) -> SQLValue { time.map(SQLValue.time) ?? .null }
}
