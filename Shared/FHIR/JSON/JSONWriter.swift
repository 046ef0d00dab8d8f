public import Foundation

/// Writes compact JSON into bytes, in the order of the calls.
///
/// The caller balances what it opens; the writer puts the commas. Cost: linear in the bytes written.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// A writer with room for `bytesExpected` bytes before it must grow.
    public init(bytesExpected: Int = 1024) {
        bytes.reserveCapacity(bytesExpected)
    }

    /// An object with what `members` writes.
    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// An array with what `elements` writes.
    public mutating func array(_ elements: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        elements(&self)
        bytes.append(UInt8(ascii: "]"))
    }

    /// The name of a member; its value is the next thing written. The name is plain ASCII.
    public mutating func name(_ name: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// The name of a member that came from a document and may need escapes.
    mutating func memberName(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// A string, with the escapes that RFC 8259 requires and no others.
    public mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
            case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
            case ..<0x20:
                bytes += Array("\\u00".utf8) + [Self.digit(byte >> 4), Self.digit(byte & 15)]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A whole number.
    public mutating func integer(_ number: Int) {
        separate()
        bytes.append(contentsOf: String(number).utf8)
    }

    /// A decimal number, without exponent.
    public mutating func decimal(_ number: Decimal) {
        separate()
        bytes.append(contentsOf: number.description.utf8)
    }

    /// `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// A value that is already JSON, as it is.
    public mutating func json(_ value: [UInt8]) {
        separate()
        bytes.append(contentsOf: value)
    }

    /// A comma, unless this is the first thing in its container or the value of a member.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): return
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
