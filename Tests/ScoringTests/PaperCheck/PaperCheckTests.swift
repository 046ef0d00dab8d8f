import Events
import Foundation
import Instruments
import Support
import Testing

@testable import Scoring

/// Whether forms of parents as the validation study found them, scored by our rules, give the study's figures. What the
/// check can and can't say stands in `PaperCheck.md`.
@Suite("The paper check")
struct PaperCheckTests {
    static let seed: UInt64 = 19_890
    static let parents = 20_000

    struct Results: Sendable {
        let mothers: Accuracy
        let fathers: Accuracy
        let independent: Accuracy
        var both: Accuracy { mothers + fathers }
    }

    /// Scored once for all tests.
    static let results = Task {
        let checked = try InstrumentFiles.checked(InstrumentFiles.placeholder)
        let instrument = try Instrument(checked)
        func accuracy(_ assumptions: CohortAssumptions, _ salt: UInt64) throws -> Accuracy {
            let cohort = Cohort(assumptions, count: parents, seed: seed &+ salt)
            return try Accuracy(of: cohort, by: instrument, seed: seed &+ salt)
        }
        print("seed of the paper check: \(seed)")
        return Results(
            mothers: try accuracy(.mothers, 1), fathers: try accuracy(.fathers, 2),
            independent: try accuracy(.independent, 3))
    }

    @Test("mothers and fathers together, the whole form's four figures lie within the published ones' intervals")
    func wholeForm() async throws {
        let whole = try await Self.results.value.both.whole
        #expect(PublishedFigures.sensitivity.interval.contains(whole.sensitivity), "\(whole.sensitivity)")
        #expect(PublishedFigures.specificity.interval.contains(whole.specificity), "\(whole.specificity)")
        #expect(PublishedFigures.positiveValue.interval.contains(whole.positiveValue), "\(whole.positiveValue)")
        #expect(PublishedFigures.negativeValue.interval.contains(whole.negativeValue), "\(whole.negativeValue)")
    }

    @Test("each factor's figures are the published ones, or within the published range")
    func factors() async throws {
        let both = try await Self.results.value.both
        for published in PublishedFigures.factors {
            let table = try #require(both.factors[published.factor])
            #expect(abs(table.sensitivity - published.sensitivity) < 0.5, "\(published.factor): \(table.sensitivity)")
            if let specificity = published.specificity {
                #expect(abs(table.specificity - specificity) < 0.5, "\(published.factor): \(table.specificity)")
            }
            #expect(PublishedFigures.specificities.contains(table.specificity.rounded()), "\(published.factor)")
            #expect(PublishedFigures.positiveValues.contains(table.positiveValue), "\(published.factor)")
            #expect(PublishedFigures.negativeValues.contains(table.negativeValue), "\(published.factor)")
        }
    }

    @Test("mothers and fathers apart, each lies within the intervals too, and mothers are found more often")
    func apart() async throws {
        let results = try await Self.results.value
        for whole in [results.mothers.whole, results.fathers.whole] {
            #expect(PublishedFigures.sensitivity.interval.contains(whole.sensitivity), "\(whole.sensitivity)")
            #expect(PublishedFigures.specificity.interval.contains(whole.specificity), "\(whole.specificity)")
        }
        for factor in [RiskFactor.economicWorry, .lowMood, .violence] {
            let (mothers, fathers) = (results.mothers.factors[factor], results.fathers.factors[factor])
            #expect(try #require(mothers).sensitivity > #require(fathers).sensitivity)
        }
        #expect(results.mothers.whole.sensitivity > results.fathers.whole.sensitivity)
    }

    @Test("were a parent's problems and answers independent, the published specificity of the whole couldn't come out")
    func independence() async throws {
        let whole = try await Self.results.value.independent.whole
        #expect(whole.specificity < PublishedFigures.specificity.interval.lowerBound, "\(whole.specificity)")
    }

    @Test("the figures in PaperCheck.md and its picture are those of this check")
    func documented() async throws {
        let report = PaperReport(try await Self.results.value)
        let text = try String(decoding: Repository.bytes(PaperReport.textPath), as: UTF8.self)
        #expect(text.contains(report.table), "the table is now:\n\(report.table)")
        let picture = try String(decoding: Repository.bytes(PaperReport.picturePath), as: UTF8.self)
        #expect(picture == report.picture, "the picture is now:\n\(report.picture)")
    }
}
