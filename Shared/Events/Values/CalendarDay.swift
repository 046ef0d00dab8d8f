internal import Runtime

/// A day of the calendar without a time, as `2026-11-24`. Compares in the order of days.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public let text: String

    /// Reads `YYYY-MM-DD`; nil when there is no such day.
    public init?(_ text: String) {
        // The round trip refuses days that a lenient parser would move on, such as 30 February.
        guard text.utf8.count == 10, let midnight = Timestamp(rfc3339: text + "T00:00:00Z"),
            midnight.rfc3339.hasPrefix(text)
        else { return nil }
        self.text = text
    }

    /// `YYYY-MM-DD`.
    public var description: String { text }

    /// Earlier is less.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.text < right.text }
}

/// A month of the calendar, as `2026-11`. Compares in the order of months.
public struct CalendarMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// `YYYY-MM`.
    public let text: String

    /// Reads `YYYY-MM`; nil when there is no such month.
    public init?(_ text: String) {
        guard text.utf8.count == 7, CalendarDay(text + "-01") != nil else { return nil }
        self.text = text
    }

    /// `YYYY-MM`.
    public var description: String { text }

    /// Earlier is less.
    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool { left.text < right.text }
}

extension CalendarDay: Codable {
    /// Decodes `YYYY-MM-DD`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = CalendarDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day")
        }
        self = day
    }

    /// Encodes `YYYY-MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension CalendarMonth: Codable {
    /// Decodes `YYYY-MM`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let month = CalendarMonth(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a month")
        }
        self = month
    }

    /// Encodes `YYYY-MM`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
