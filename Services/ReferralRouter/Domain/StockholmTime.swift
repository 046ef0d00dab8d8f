internal import Events
internal import Runtime

/// Months as families count them: by the calendar of Stockholm.
enum StockholmTime {
    /// Whole months from a month to that of an instant; never below 0.
    static func months(from month: CalendarMonth, to time: Timestamp) -> Int {
        max(0, ordinal(CalendarDay.inStockholm(at: time).text) - ordinal(month.text))
    }

    private static func ordinal(_ text: String) -> Int {
        (Int(text.prefix(4)) ?? 0) * 12 + (Int(text.dropFirst(5).prefix(2)) ?? 0)
    }
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
