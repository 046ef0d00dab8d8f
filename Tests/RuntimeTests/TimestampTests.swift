import Foundation
import Runtime
import Support
import Testing

@Suite("A timestamp")
struct TimestampTests {
    private static let withFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let withoutFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    /// From the first whole year of the Gregorian calendar, before which Foundation counts by the Julian.
    private static let years1583To9999: Range<Int64> = -12_212_553_600_000..<253_402_300_800_000

    private func byFoundation(_ text: String) throws -> Int64 {
        let date = try Date(text, strategy: text.contains(".") ? Self.withFraction : Self.withoutFraction)
        return Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    @Test("reads back from its text as the same millisecond, before 1970 too")
    func roundTrip() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let time = Timestamp(milliseconds: Int64.random(in: -2_000_000_000_000..<4_000_000_000_000, using: &random))
            #expect(Timestamp(rfc3339: time.rfc3339) == time)
        }
        #expect(Timestamp(milliseconds: 1_764_000_600_412).rfc3339 == "2025-11-24T16:10:00.412Z")
    }

    @Test("is written as Foundation writes it", arguments: [1, 2, 3] as [UInt64])
    func writtenLikeFoundation(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10_000 {
            let milliseconds = Int64.random(in: Self.years1583To9999, using: &random)
            // Foundation cuts decimals off: the middle of the millisecond is cut to the right one.
            let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
            #expect(Timestamp(milliseconds: milliseconds).rfc3339 == date.formatted(Self.withFraction))
        }
    }

    @Test("is read as Foundation reads it, with any offset and any decimals", arguments: [1, 2, 3] as [UInt64])
    func readLikeFoundation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10_000 {
            let instant = Timestamp(milliseconds: Int64.random(in: Self.years1583To9999, using: &random))
            let decimals = ["", ".0", ".7", ".25", ".123", ".4567", ".12345678"].randomElement(using: &random) ?? ""
            let minutes = Int.random(in: -18 * 60...18 * 60, using: &random)
            let sign = minutes < 0 ? "-" : "+"
            let offset = String(format: "\(sign)%02d:%02d", abs(minutes) / 60, abs(minutes) % 60)
            let text = instant.rfc3339.prefix(19) + decimals + (Bool.random(using: &random) ? "Z" : offset)
            #expect(try Timestamp(rfc3339: String(text))?.milliseconds == byFoundation(String(text)), "\(text)")
        }
    }

    @Test(
        "reads the edges of the calendar as Foundation does",
        arguments: [
            "2024-02-29T00:00:00Z", "2000-02-29T23:59:59.999Z", "2016-12-31T23:59:60Z", "1999-12-31T23:59:60.5Z",
            "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z", "1583-01-01T00:00:00Z", "2026-01-01T00:00:00-00:00",
        ])
    func edges(_ text: String) throws {
        #expect(try Timestamp(rfc3339: text)?.milliseconds == byFoundation(text))
    }

    @Test(
        "is refused where it is no RFC 3339 or no day, also where Foundation makes something of it",
        arguments: [
            "", "2026-01-01", "2026-01-01T00:00Z", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00z", "2026-01-01t00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z", "2026-02-29T00:00:00Z", "2026-02-30T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z", "2026-01-01T23:59:61Z",
            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00.5", "2026-01-01T00:00:00.5x",
            "2026-01-01T00:00:00+01", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00+18:01",
            "2026-01-01T00:00:00+01:60", "2026-01-01T00:00:00+01:00:30", "2026-01-01T00:00:00ZZ",
            " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ", "2026-1-1T00:00:00Z", "+2026-01-01T00:00:00Z",
            "12026-01-01T00:00:00Z", "20260101T000000Z", "2026-01-01T00:00:00UTC", "２026-01-01T00:00:00Z",
        ])
    func refused(_ text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
