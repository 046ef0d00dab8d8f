internal import Foundation

/// RFC 3339 text to milliseconds and back by libc's calendar (`timegm`, `gmtime_r`): Foundation's format costs ten
/// times as much, and every event has a handful of times.
enum RFC3339 {
    /// Milliseconds since 1970 of `YYYY-MM-DDThh:mm:ss[.d…](Z|±hh:mm)`; nil for any other text, and for days that
    /// aren't.
    ///
    /// Decimals are rounded to the millisecond. A leap second is the second after it, as POSIX counts.
    static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let year = digits(text, 0, 4), let month = digits(text, 5, 2), let day = digits(text, 8, 2),
            let hour = digits(text, 11, 2), let minute = digits(text, 14, 2), let second = digits(text, 17, 2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var position = 19
        guard let fraction = fraction(text, &position), let zone = zoneMinutes(text, position) else { return nil }
        var parts = tm()
        parts.tm_year = year - 1900
        parts.tm_mon = month - 1
        parts.tm_mday = day
        let midnight = timegm(&parts)
        // A day that no calendar has is moved on by timegm.
        guard parts.tm_year == year - 1900, parts.tm_mon == month - 1, parts.tm_mday == day else { return nil }
        let minutes = Int64(hour) * 60 + Int64(minute) - Int64(zone)
        return (Int64(midnight) + minutes * 60 + Int64(second)) * 1000 + fraction
    }

    /// The text in UTC with three decimals; nil outside the years 0 to 9999, which have no RFC 3339 text.
    static func text(_ milliseconds: Int64) -> String? {
        var seconds = time_t(milliseconds / 1000)
        var rest = milliseconds % 1000
        if rest < 0 {
            rest += 1000
            seconds -= 1
        }
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil, 0...9999 ~= parts.tm_year + 1900 else { return nil }
        return String(unsafeUninitializedCapacity: 24) { text in
            func write(_ number: Int32, _ position: Int, _ count: Int, _ behind: UInt8) {
                var number = number
                for place in stride(from: position + count - 1, through: position, by: -1) {
                    text[place] = UInt8(ascii: "0") + UInt8(number % 10)
                    number /= 10
                }
                text[position + count] = behind
            }
            write(parts.tm_year + 1900, 0, 4, UInt8(ascii: "-"))
            write(parts.tm_mon + 1, 5, 2, UInt8(ascii: "-"))
            write(parts.tm_mday, 8, 2, UInt8(ascii: "T"))
            write(parts.tm_hour, 11, 2, UInt8(ascii: ":"))
            write(parts.tm_min, 14, 2, UInt8(ascii: ":"))
            write(parts.tm_sec, 17, 2, UInt8(ascii: "."))
            write(Int32(rest), 20, 3, UInt8(ascii: "Z"))
            return 24
        }
    }

    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int32? {
        var number: Int32 = 0
        for position in start..<start + count {
            let digit = text[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int32(digit)
        }
        return number
    }

    /// Milliseconds of the decimals, if there are any; nil for a point without a digit.
    private static func fraction(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int64? {
        guard text[position] == UInt8(ascii: ".") else { return 0 }
        position += 1
        let start = position
        var tenths: Int64 = 0
        while position < text.count, let digit = digits(text, position, 1) {
            // Four decimals decide the millisecond.
            if position - start < 4 { tenths = tenths * 10 + Int64(digit) }
            position += 1
        }
        let count = position - start
        guard count > 0, position < text.count else { return nil }
        for _ in min(count, 4)..<4 { tenths *= 10 }
        return (tenths + 5) / 10
    }

    /// Further from UTC no zone is, and Foundation takes none.
    private static let zoneMinutesMax: Int32 = 18 * 60

    /// How far ahead of UTC the zone is, from `Z` or `±hh:mm` at the end of the text.
    private static func zoneMinutes(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int32? {
        if text[start] == UInt8(ascii: "Z") { return text.count == start + 1 ? 0 : nil }
        guard text.count == start + 6, text[start + 3] == UInt8(ascii: ":"),
            let hours = digits(text, start + 1, 2), let minutes = digits(text, start + 4, 2), minutes < 60,
            hours * 60 + minutes <= zoneMinutesMax
        else { return nil }
        switch text[start] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -hours * 60 - minutes
        default: return nil
        }
    }
}
