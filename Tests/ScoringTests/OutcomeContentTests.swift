import Events
import Foundation
import Support
import Testing

@testable import Scoring

/// The content of an outcome, which is kept, hashed and compared, and which writes and reads itself.
@Suite("An outcome's content")
struct OutcomeContentTests {
    /// The same members as Swift's own coding has them.
    private struct ByCodable: Codable, Equatable {
        let instrument: InstrumentReference
        let factors: [FactorOutcome]
        let signals: [Signal]
        let acute: Bool

        init(_ content: OutcomeContent) {
            (instrument, factors) = (content.instrument, content.factors)
            (signals, acute) = (content.signals, content.acute)
        }
    }

    private static func content(_ random: inout SeededGenerator) -> OutcomeContent {
        // Everything that JSON escapes or that sorts otherwise by letters than by bytes.
        let all = ["", "m1", "a\"b", "c\\d", "e/f", "å", "\u{7}", "\u{2028}", "😀", "k-10"]
        func texts(_ count: Int) -> [String] { (0..<count).map { _ in all.randomElement(using: &random) ?? "" } }
        let factors = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            FactorOutcome(
                factor: RiskFactor(rawValue: texts(1)[0]),
                result: FactorResult.allCases.randomElement(using: &random) ?? .unknown,
                because: texts(Int.random(in: 0...3, using: &random)),
                unanswered: texts(Int.random(in: 0...3, using: &random)), rule: texts(1)[0],
                change: FactorChange.allCases.randomElement(using: &random) ?? .first)
        }
        return OutcomeContent(
            instrument: InstrumentReference(code: texts(1)[0], version: texts(1)[0], sha256: texts(1)[0]),
            factors: factors, signals: texts(Int.random(in: 0...2, using: &random)).map { Signal(rawValue: $0) },
            acute: Bool.random(using: &random))
    }

    @Test("is kept as it is said", arguments: [UInt64](1...40))
    func keptAsSaid(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let content = Self.content(&random)
        var forms = SeededForms(seed: seed)
        let (child, form) = try forms.form(at: 0)
        var scored = ScoredForm(
            child: child, form: form, bytes: try EventCodec.encode(form), outcomeRevision: 1, content: content,
            lastEvent: nil)
        #expect(try scored.canonicalContent() == content.canonical(), "seed \(seed)")
        try scored.say(because: .answered) { _ in EventID(form.body.screening.uuid) }
        #expect(try scored.canonicalContent() == content.canonical(), "seed \(seed)")
    }

    @Test("is written as Codable's canonical form, and read alike by both", arguments: [UInt64](1...40))
    func alike(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let content = Self.content(&random)
        let bytes = try content.canonical()
        #expect(bytes == (try EventCodec.canonical(ByCodable(content))), "seed \(seed)")
        let ours = try EventCodec.decode(part: OutcomeContent.self, from: bytes)
        let theirs = try JSONDecoder().decode(ByCodable.self, from: Data(bytes))
        #expect(ByCodable(ours) == theirs && theirs == ByCodable(content), "seed \(seed)")
    }
}
