public import Foundation

/// A date without time: a year, a month or a day, in no zone.
public struct FHIRDate: Sendable, Hashable, LexicalValue {
    /// How much of the date is given.
    public enum Precision: Sendable, Hashable {
        /// The year only.
        case year
        /// Year and month.
        case month
        /// The day.
        case day
    }

    /// As it was written: `2026`, `2026-11` or `2026-11-24`.
    public let text: String
    /// How much of it is given.
    public let precision: Precision

    /// Reads a date; nil when it is anything else or no day of the calendar.
    public init?(_ text: String) {
        guard let precision = DateGrammar.precision(ofDate: text) else { return nil }
        self.text = text
        self.precision = precision
    }

    static var rule: String { "A date as 2026, 2026-11 or 2026-11-24 is expected." }
}

/// A date, or a date with time and zone.
public struct FHIRDateTime: Sendable, Hashable, LexicalValue {
    /// As it was written.
    public let text: String
    /// The instant, when a time is given. Precise to the millisecond.
    public let instant: Date?

    /// Reads a dateTime; nil when it is anything else. A time must have seconds and a zone.
    public init?(_ text: String) {
        if DateGrammar.precision(ofDate: text) != nil {
            instant = nil
        } else if let instant = DateGrammar.instant(text) {
            self.instant = instant
        } else {
            return nil
        }
        self.text = text
    }

    static var rule: String {
        "A date, or a date with time, seconds and zone as 2026-11-24T09:30:00+01:00, is expected."
    }
}

/// A date with time and zone.
public struct FHIRInstant: Sendable, Hashable, LexicalValue {
    /// As it was written.
    public let text: String
    /// The instant, precise to the millisecond.
    public let date: Date

    /// Reads an instant; nil when it is anything else.
    public init?(_ text: String) {
        guard let date = DateGrammar.instant(text) else { return nil }
        self.text = text
        self.date = date
    }

    static var rule: String { "A date with time, seconds and zone as 2026-11-24T09:30:00+01:00 is expected." }
}

/// A time of day in no zone.
public struct FHIRTime: Sendable, Hashable, LexicalValue {
    /// As it was written: `09:30:00`.
    public let text: String

    /// Reads a time of day; nil when it is anything else.
    public init?(_ text: String) {
        guard DateGrammar.isTime(text) else { return nil }
        self.text = text
    }

    static var rule: String { "A time of day with seconds as 09:30:00 is expected." }
}
