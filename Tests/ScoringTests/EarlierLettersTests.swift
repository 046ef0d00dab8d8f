import Events
import Instruments
import Store
import Support
import Testing

@testable import Scoring

/// What a form is compared with, as a row keeps it.
@Suite("The letters of a form's results")
struct EarlierLettersTests {
    private static func earlier(_ letters: String) throws -> Course.Earlier? {
        Course.Earlier(ruledBy: try instrument(), letters: letters.utf8)
    }

    /// Two factors.
    private static func instrument() throws -> Instrument {
        try Instrument(CheckedInstrument(CourseInstruments.published(1)))
    }

    @Test("tell each result in the order of the version's factors")
    func roundTrip() throws {
        let factors = try Self.instrument().factors.map(\.factor)
        try #require(factors.count == 2)
        for first in FactorResult.allCases {
            for second in FactorResult.allCases {
                let outcomes = zip(factors, [first, second]).map { factor, result in
                    FactorOutcome(
                        factor: factor, result: result, because: [], unanswered: [], rule: "r", change: .first)
                }
                let letters = Course.Earlier.letters(of: outcomes)
                #expect(letters.utf8.count == 2)
                #expect(try Self.earlier(letters)?.results == [first, second])
            }
        }
    }

    @Test("are refused when they aren't the version's", arguments: ["", "n", "nnn", "nx", "NN", "n "])
    func foreign(_ letters: String) throws {
        #expect(try Self.earlier(letters) == nil)
    }

    @Test("that somebody changed park what would be compared with them, and end nothing")
    func changed() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([CourseStory.instrument(1), story.form(1, at: 60, alcohol: "no")])
        _ = try await bench.store.write { try $0.execute("UPDATE scored SET results = 'n'") }
        let other = CourseStory(child: 2, respondent: 2)
        try await bench.apply([story.form(2, at: 120, alcohol: "no"), other.form(3, at: 60, alcohol: "no")])
        #expect(try await PoisonTests.parked(bench).map(\.state) == ["refused"])
        #expect(try await bench.said().map(\.screening) == [story.screening(1).text, other.screening(3).text])
    }

    @Test("of an outcome with fewer factors than its version say nothing of the missing ones")
    func fewer() throws {
        let instrument = try Self.instrument()
        let earlier = Course.Earlier(ruledBy: instrument, factors: [])
        let change = Course.change(of: .lowMood, to: .outcome, under: instrument, since: earlier)
        #expect(change == .notComparable)
    }
}
