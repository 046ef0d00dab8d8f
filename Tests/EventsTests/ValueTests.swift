import Events
import Foundation
import Testing

@Suite("Dates without a time")
struct ValueTests {
    @Test("are days and months that exist")
    func days() {
        #expect(CalendarDay("2024-02-29")?.text == "2024-02-29")
        #expect(CalendarMonth("2026-01")?.text == "2026-01")
        for text in ["2023-02-29", "2026-02-30", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T00:00:00Z", ""] {
            #expect(CalendarDay(text) == nil, "\(text)")
        }
        for text in ["2026-13", "2026-00", "2026", "2026-1", "2026-01-01"] {
            #expect(CalendarMonth(text) == nil, "\(text)")
        }
    }

    @Test(
        "say from when and to when an imprecise one may be",
        arguments: [
            ("2023-10-18", DatePrecision.day, "2023-10-18", "2023-10-18"),
            ("2024-H1", .halfYear, "2024-01-01", "2024-06-30"), ("2024-H2", .halfYear, "2024-07-01", "2024-12-31"),
            ("2025", .year, "2025-01-01", "2025-12-31"),
        ])
    func imprecise(_ value: String, _ precision: DatePrecision, _ first: String, _ last: String) throws {
        let date = try #require(ImpreciseDate(value, precision))
        #expect(date.firstDay.text == first)
        #expect(date.lastDay.text == last)
    }

    @Test("have the form of their precision")
    func precision() {
        #expect(ImpreciseDate("2024-H3", .halfYear) == nil)
        #expect(ImpreciseDate("2024-H1", .day) == nil)
        #expect(ImpreciseDate("2024-01-01", .year) == nil)
        #expect(ImpreciseDate("abcd", .year) == nil)
    }

    @Test("stay answers of their kind", arguments: [AnswerValue.code("1"), .integer(1), .boolean(true), .code("true")])
    func answers(_ value: AnswerValue) throws {
        let bytes = try JSONEncoder().encode([value])
        #expect(try JSONDecoder().decode([AnswerValue].self, from: bytes) == [value])
    }
}
