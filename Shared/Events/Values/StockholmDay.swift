internal import Foundation
public import Runtime

extension CalendarDay {
    /// The day on which an instant falls by the calendar of Stockholm, as families count them. Any thread; about a
    /// microsecond. An installation without time zones (tzdata) ends the process at the first call.
    public static func inStockholm(at time: Timestamp) -> CalendarDay {
        let offset = Int64(zone.secondsFromGMT(for: time.date)) * 1000
        // An instant of the last hours that have four digits of a year stays on the last day that has.
        let local = Timestamp(milliseconds: min(time.milliseconds + offset, lastMilliseconds))
        guard let day = CalendarDay(String(local.rfc3339.prefix(10))) else {
            preconditionFailure("the date part of an instant is a day")
        }
        return day
    }

    /// When the day begins in Stockholm. Any thread; about a microsecond.
    public var beginInStockholm: Timestamp {
        guard let midnight = Timestamp(rfc3339: text + "T00:00:00Z") else {
            preconditionFailure("a day has a midnight")
        }
        // Clocks are put on or back at one in the morning of UTC: between the two midnights they stay as they are.
        let offset = Int64(Self.zone.secondsFromGMT(for: midnight.date)) * 1000
        return Timestamp(milliseconds: midnight.milliseconds - offset)
    }

    /// 9999-12-31T23:59:59.999Z.
    private static let lastMilliseconds: Int64 = 253_402_300_799_999

    private static let zone: TimeZone = {
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
            preconditionFailure("this installation has no time zones")
        }
        return zone
    }()
}
