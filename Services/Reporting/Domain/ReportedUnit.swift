internal import Events
internal import Foundation
internal import Runtime

/// A unit as reports need it.
struct ReportedUnit: Sendable, Equatable {
    let unit: String
    let name: String
    let municipality: String
    let phase: Phase
    /// As precisely as it is known: `2024-H1`.
    let goLive: String?
    /// The first instant at which a visit counts; nil while the unit isn't live.
    let liveFrom: Timestamp?
    /// The first instant at which none counts any more.
    let liveUntil: Timestamp?

    /// Reads the unit's event.
    ///
    /// A go-live known to the half-year or year counts from the first day it may mean; a nurse's *not offered: not
    /// live* takes out what came before the real day. A planned unit is not live whatever its date says. The registry
    /// keeps no history, so that a pause doesn't take away what was counted before it.
    init(_ changed: UnitChanged) {
        unit = changed.unit
        name = changed.name
        municipality = changed.municipality
        phase = changed.phase
        goLive = changed.goLive?.value
        liveFrom = changed.phase == .planned ? nil : changed.goLive.map { Self.beginning(of: $0.firstDay) }
        liveUntil = changed.endedAt.map { Self.beginning(of: $0, daysLater: 1) }
    }

    /// Midnight in Stockholm, with which a day of the calendar begins there.
    private static func beginning(of day: CalendarDay, daysLater days: Int = 0) -> Timestamp {
        let parts = day.text.split(separator: "-").compactMap { Int($0) }
        let components = DateComponents(year: parts[0], month: parts[1], day: parts[2] + days)
        guard let date = stockholm.date(from: components) else {
            preconditionFailure("checked when the day was made")
        }
        return Timestamp(date)
    }

    private static let stockholm: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
            preconditionFailure("this installation has no time zones")
        }
        calendar.timeZone = zone
        return calendar
    }()
}
