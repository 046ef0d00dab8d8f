internal import Events
internal import Foundation
internal import Runtime

/// Days and months as families count them: by the calendar of Stockholm.
enum StockholmTime {
    /// The day on which an instant falls.
    static func day(of time: Timestamp) -> CalendarDay {
        let local = Timestamp(milliseconds: time.milliseconds + Int64(zone.secondsFromGMT(for: time.date)) * 1000)
        guard let day = CalendarDay(String(local.rfc3339.prefix(10))) else {
            preconditionFailure("the date part of an instant is a day")
        }
        return day
    }

    /// Whole months from a month to that of an instant; never below 0.
    static func months(from month: CalendarMonth, to time: Timestamp) -> Int {
        max(0, ordinal(day(of: time).text) - ordinal(month.text))
    }

    private static func ordinal(_ text: String) -> Int {
        (Int(text.prefix(4)) ?? 0) * 12 + (Int(text.dropFirst(5).prefix(2)) ?? 0)
    }

    private static let zone: TimeZone = {
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
            preconditionFailure("this installation has no time zones")
        }
        return zone
    }()
}

/// A child's age as roughly as a recipient needs it.
enum AgeBand {
    static func text(ofMonths months: Int) -> String {
        switch months {
        case ...6: "0-6m"
        case 7...12: "7-12m"
        case 13...24: "13-24m"
        case 25...36: "25-36m"
        case 37...48: "37-48m"
        default: "over-48m"
        }
    }
}
