internal import Foundation
internal import Runtime

extension String {
    /// The text where HTML wants text or the value of an attribute in double quotes.
    var escaped: String {
        var result = ""
        for character in self {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}

extension Int {
    /// `12 345`, with a space that doesn't break.
    var inSwedish: String { formatted(.number.locale(Locale(identifier: "sv_SE"))) }
}

extension Timestamp {
    /// The day and the minute as clocks in Sweden show them.
    var inSwedish: String {
        date.formatted(
            Date.FormatStyle(
                date: .long, time: .shortened, locale: Locale(identifier: "sv_SE"),
                timeZone: TimeZone(identifier: "Europe/Stockholm") ?? .gmt))
    }
}

extension Share {
    /// `12,5 %`.
    var inSwedish: String { "\(Self.percent(value))\u{A0}%" }

    /// `8,9–17,2`.
    var intervalInSwedish: String { "\(Self.percent(low))–\(Self.percent(high))" }

    private static func percent(_ share: Double) -> String {
        (share * 100).formatted(.number.precision(.fractionLength(1)).locale(Locale(identifier: "sv_SE")))
    }
}
