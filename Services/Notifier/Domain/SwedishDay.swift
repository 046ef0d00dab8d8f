internal import Events
internal import Foundation
internal import Runtime

/// The day that people in Sweden have at an instant: a consent holds to the end of one.
enum SwedishDay {
    /// The machine has no time zones; the service can't run on it.
    struct Unknown: Error, CustomStringConvertible {
        let description = "the time zone Europe/Stockholm is missing: install tzdata"
    }

    static func at(_ time: Timestamp) throws(Unknown) -> CalendarDay {
        guard let zone = TimeZone(identifier: "Europe/Stockholm"),
            let day = CalendarDay(time.date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day()))
        else { throw Unknown() }
        return day
    }
}
