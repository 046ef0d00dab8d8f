internal import Events
internal import Foundation
internal import Runtime

/// Days as families count them: by the calendar of Stockholm. Numbered from 1970-01-01.
enum StockholmDay {
    /// The day on which an instant falls.
    static func number(of time: Timestamp) -> Int {
        let local = time.milliseconds + Int64(zone.secondsFromGMT(for: time.date)) * 1000
        return Int(Timestamp(milliseconds: local).dayNumber)
    }

    /// A day of the calendar.
    static func number(of day: CalendarDay) -> Int {
        guard let midnight = Timestamp(rfc3339: "\(day.text)T00:00:00Z") else {
            preconditionFailure("checked when the day was made")
        }
        return Int(midnight.dayNumber)
    }

    private static let zone: TimeZone = {
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
            preconditionFailure("this installation has no time zones")
        }
        return zone
    }()
}
