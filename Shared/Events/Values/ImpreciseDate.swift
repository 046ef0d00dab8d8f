/// A date known to the day, the half-year or the year, as sources give a unit's go-live: `2023-10-18`, `2024-H1`,
/// `2025`. Pages show it as precisely as it is known.
public struct ImpreciseDate: Hashable, Sendable {
    /// The date's text in the form of its precision.
    public let value: String
    /// How precisely it is known.
    public let precision: DatePrecision

    /// Nil when the text is not a date of that precision.
    public init?(_ value: String, _ precision: DatePrecision) {
        guard Self.days(of: value, precision) != nil else { return nil }
        self.value = value
        self.precision = precision
    }

    /// The first day it may mean. Nothing before it counts.
    public var firstDay: CalendarDay { days.first }

    /// The last day it may mean.
    public var lastDay: CalendarDay { days.last }

    private var days: (first: CalendarDay, last: CalendarDay) {
        guard let days = Self.days(of: value, precision) else {
            preconditionFailure("checked when it was made")
        }
        return days
    }

    private static func days(
        of value: String, _ precision: DatePrecision
    ) -> (first: CalendarDay, last: CalendarDay)? {
        let year = value.prefix(4)
        let texts: (String, String)? =
            switch precision {
            case .day: (value, value)
            case .halfYear where value == "\(year)-H1": ("\(year)-01-01", "\(year)-06-30")
            case .halfYear where value == "\(year)-H2": ("\(year)-07-01", "\(year)-12-31")
            case .year where value == year: ("\(year)-01-01", "\(year)-12-31")
            default: nil
            }
        guard let texts, let first = CalendarDay(texts.0), let last = CalendarDay(texts.1) else { return nil }
        return (first, last)
    }
}

/// How precisely a date is known.
public enum DatePrecision: String, Codable, CaseIterable, Sendable {
    /// To the day: `2023-10-18`.
    case day
    /// To the half-year: `2024-H1`.
    case halfYear = "half-year"
    /// To the year: `2025`.
    case year
}

extension ImpreciseDate: Codable {
    private enum CodingKeys: String, CodingKey {
        case value, precision
    }

    /// Decodes `{value, precision}` that agree.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let precision = try container.decode(DatePrecision.self, forKey: .precision)
        guard let date = ImpreciseDate(try container.decode(String.self, forKey: .value), precision) else {
            throw DecodingError.dataCorruptedError(
                forKey: .value, in: container, debugDescription: "not a date of that precision")
        }
        self = date
    }

    /// Encodes `{value, precision}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encode(precision, forKey: .precision)
    }
}
