import Events
import Testing

@testable import Scoring

@Suite("Which version decides a form")
struct RescoringsTests {
    private static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    private static func rescorings(_ claims: [(String, String, String)]) throws -> Rescorings {
        Rescorings(
            try claims.map { Rescorings.Claim(version: $0.0, oldVersion: $0.1, from: try day($0.2)) })
    }

    @Test("is its own when nobody scores it again, or only later forms")
    func own() throws {
        let rescorings = try Self.rescorings([("2", "1", "2026-09-10")])
        #expect(rescorings.ruling("1", on: try Self.day("2026-09-09")) == "1")
        #expect(rescorings.ruling("1", on: try Self.day("2026-09-10")) == "2")
        #expect(rescorings.ruling("3", on: try Self.day("2026-09-10")) == "3")
    }

    @Test("is the highest of several, as people count versions")
    func highest() throws {
        let rescorings = try Self.rescorings([("9", "1", "2026-01-01"), ("10", "1", "2026-01-01")])
        #expect(rescorings.ruling("1", on: try Self.day("2026-09-10")) == "10")
    }

    @Test("is the last of a chain, each link from its own day on")
    func chain() throws {
        let rescorings = try Self.rescorings([("3", "2", "2026-09-15"), ("2", "1", "2026-09-10")])
        #expect(rescorings.ruling("1", on: try Self.day("2026-09-12")) == "2")
        #expect(rescorings.ruling("1", on: try Self.day("2026-09-15")) == "3")
    }

    @Test("is found also where versions score each other again")
    func circle() throws {
        let rescorings = try Self.rescorings([("2", "1", "2026-01-01"), ("1", "2", "2026-01-01")])
        #expect(rescorings.ruling("1", on: try Self.day("2026-09-10")) == "2")
        #expect(rescorings.ruling("2", on: try Self.day("2026-09-10")) == "1")
    }
}
