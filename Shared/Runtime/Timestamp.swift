public import Foundation

/// A point in time in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Milliseconds because that is the precision of a Kafka record and of the time inside a UUIDv7 or UUIDv8
/// (RFC 9562 section 5.7, 5.8). Text is RFC 3339; it is always written in UTC with three decimals and a `Z`, and read
/// with any offset.
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Whole milliseconds since the Unix epoch.
    public var milliseconds: Int64

    /// A time by its milliseconds since the Unix epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// A Foundation date, rounded down to the millisecond.
    public init(_ date: Date) {
        self.milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
    }

    /// Reads RFC 3339 text with a zone offset, with or without decimals of a second (rounded to the millisecond); nil
    /// when it is anything else, or names a day that isn't. A leap second reads as the second after it.
    public init?(rfc3339 text: String) {
        var text = text
        guard let time = text.withUTF8(Timestamp.init(rfc3339:)) else { return nil }
        self = time
    }

    /// The same from the text's UTF-8.
    public init?(rfc3339 text: UnsafeBufferPointer<UInt8>) {
        guard let milliseconds = RFC3339.milliseconds(text) else { return nil }
        self.milliseconds = milliseconds
    }

    /// RFC 3339 in UTC with milliseconds, as `2026-11-24T08:00:00.000Z`. Reads back as the same instant.
    ///
    /// Years after 9999 have no such text; they are written with as many digits as they have, and don't read back.
    public var rfc3339: String { RFC3339.text(milliseconds) ?? date.formatted(Self.withFraction) }

    /// The same instant as a Foundation date.
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// RFC 3339 in UTC.
    public var description: String { rfc3339 }

    /// Whole days since the Unix epoch, in UTC. For retention bookkeeping; people's days are counted in
    /// Europe/Stockholm.
    public var dayNumber: Int64 { Int64((Double(milliseconds) / 86_400_000).rounded(.down)) }

    /// The instant `duration` later.
    public static func + (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds + right.wholeMilliseconds)
    }

    /// The time between two instants.
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }

    /// Earlier is less.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// Decodes RFC 3339 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = Timestamp(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an RFC 3339 time with a zone offset")
        }
        self = time
    }

    /// Encodes RFC 3339 text in UTC.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }

    private static let withFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

extension Duration {
    /// The duration in milliseconds, rounded towards zero.
    public var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// The duration in seconds as a floating-point number, for metrics.
    public var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
