internal import Foundation

/// The written form of FHIR's dates and times. What days there are is Foundation's to say.
enum DateGrammar {
    /// How much of a date is given; nil if it isn't written as one or is no day of the calendar.
    static func precision(ofDate text: String) -> FHIRDate.Precision? { precision(ofDate: Array(text.utf8)) }

    /// `hh:mm:ss` with or without decimals, hours up to 23.
    static func isTime(_ text: String) -> Bool { isTime(Array(text.utf8)) }

    /// The instant that a date with time and zone names; nil if it isn't written so.
    static func instant(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard (20...35).contains(bytes.count), bytes[10] == UInt8(ascii: "T") else { return nil }
        let zoneStart = bytes.count - (bytes.last == UInt8(ascii: "Z") ? 1 : 6)
        guard zoneStart > 11, precision(ofDate: Array(bytes[..<10])) == .day, isTime(Array(bytes[11..<zoneStart])),
            isZone(Array(bytes[zoneStart...]))
        else { return nil }
        return try? Date(text, strategy: zoneStart > 19 ? withFraction : withoutFraction)
    }

    private static func precision(ofDate bytes: [UInt8]) -> FHIRDate.Precision? {
        guard !bytes.starts(with: "0000".utf8) else { return nil }
        switch bytes.count {
        case 4: return matches(bytes, "0000") ? .year : nil
        case 7: return matches(bytes, "0000-00") && 1...12 ~= number(bytes, 5) ? .month : nil
        case 10: return matches(bytes, "0000-00-00") && isDay(bytes) ? .day : nil
        default: return nil
        }
    }

    private static func isTime(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 8, matches(bytes[..<8], "00:00:00") else { return false }
        guard number(bytes, 0) <= 23, number(bytes, 3) <= 59, number(bytes, 6) <= 59 else { return false }
        return bytes.count == 8
            || (bytes[8] == UInt8(ascii: ".") && (10...18).contains(bytes.count) && bytes[9...].allSatisfy(isDigit))
    }

    /// Up to 14 hours either way.
    private static func isZone(_ bytes: [UInt8]) -> Bool {
        if bytes == [UInt8(ascii: "Z")] { return true }
        guard matches(bytes, "+00:00") || matches(bytes, "-00:00") else { return false }
        return number(bytes, 4) <= 59 && number(bytes, 1) * 60 + number(bytes, 4) <= 14 * 60
    }

    /// Every month has 28 days. Whether it has more is asked of Foundation, which reads the 30th of February as the
    /// 2nd of March: what it writes back then differs.
    private static func isDay(_ bytes: [UInt8]) -> Bool {
        guard 1...12 ~= number(bytes, 5), 1...31 ~= number(bytes, 8) else { return false }
        guard number(bytes, 8) > 28 else { return true }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let date = try? Date("\(text)T00:00:00Z", strategy: withoutFraction) else { return false }
        return date.formatted(day) == text
    }

    /// Digits where the pattern has a zero, the pattern's own characters elsewhere.
    private static func matches(_ bytes: some Collection<UInt8>, _ pattern: StaticString) -> Bool {
        guard bytes.count == pattern.utf8CodeUnitCount else { return false }
        return pattern.withUTF8Buffer { pattern in
            zip(bytes, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? isDigit($0) : $0 == $1 }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// The two digits at a position.
    private static func number(_ bytes: [UInt8], _ position: Int) -> Int {
        Int(bytes[position] - UInt8(ascii: "0")) * 10 + Int(bytes[position + 1] - UInt8(ascii: "0"))
    }

    private static let withoutFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    private static let withFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let day = Date.ISO8601FormatStyle().year().month().day()
}
