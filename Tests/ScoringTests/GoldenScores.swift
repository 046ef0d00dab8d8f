import Events
import Foundation
import Instruments
import Support

@testable import Scoring

/// Recorded results of an instrument of the repository, made by a third scorer in another language.
///
/// `…-pairs.txt`: each answer by itself and each pair of answers, as letters in the order of the factors (O outcome,
/// N none, U unknown), with all else unanswered and with all else answered harmlessly. `…-factors.txt`: all answers to
/// the items of a factor, and so every edge of every cut-off, with the rule that decided, the items that counted and
/// those that could still change it. A new version of an instrument gets files of its own.
struct GoldenScores {
    let checked: CheckedInstrument
    let name: String

    init(_ path: String) throws {
        checked = try InstrumentFiles.checked(path)
        name = "\(checked.published.instrument.code.lowercased())-\(checked.published.instrument.version)"
    }

    var definition: InstrumentDefinition { checked.published.definition }

    struct Pair {
        let form: NaiveScorer.Form
        let alone: String
        let amongHarmless: String
    }

    struct OfFactor {
        let form: NaiveScorer.Form
        let factor: Score.Factor
    }

    func pairs() throws -> (harmless: NaiveScorer.Form, pairs: [Pair]) {
        let lines = try lines("pairs")
        let harmless = try form(lines[0].components(separatedBy: "answered by: ")[1])
        let pairs = try lines.dropFirst().map { line in
            let parts = line.components(separatedBy: " | ")
            return Pair(form: try form(parts[0]), alone: parts[1], amongHarmless: parts[2])
        }
        return (harmless, pairs)
    }

    func ofFactors() throws -> [OfFactor] {
        try lines("factors").dropFirst().map { line in
            let parts = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let results: [String: FactorResult] = ["O": .outcome, "N": .noOutcome, "U": .unknown]
            guard let result = results[parts[2]] else { throw Unreadable(line: line) }
            let items = parts[4...].map { $0.split(separator: " ").map(String.init) }
            return OfFactor(
                form: try form(parts[1]),
                factor: Score.Factor(
                    factor: RiskFactor(rawValue: parts[0]), result: result, because: items[0], unanswered: items[1],
                    rule: parts[3]))
        }
    }

    private struct Unreadable: Error { let line: String }

    private func lines(_ kind: String) throws -> [String] {
        let bytes = try Repository.bytes("Tests/ScoringTests/Golden/\(name)-\(kind).txt")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func form(_ text: String) throws -> NaiveScorer.Form {
        try text.split(separator: " ").reduce(into: [:]) { form, answer in
            let parts = answer.split(separator: "=").map(String.init)
            let item = definition.items.first { $0.linkId == parts[0] }
            let value = item.flatMap { NaiveScorer.answers(to: $0).first { $0.text == parts[1] } }
            guard let value else { throw Unreadable(line: text) }
            form[parts[0]] = value
        }
    }
}

extension AnswerValue {
    fileprivate var text: String {
        switch self {
        case .code(let code): code
        case .integer(let number): String(number)
        case .boolean(let truth): String(truth)
        }
    }
}

extension Instrument {
    /// Scores a form; items that it doesn't have were shown and left unanswered.
    func score(_ form: NaiveScorer.Form) throws -> Score {
        try score(checked.published.definition.items.map { ItemAnswer(item: $0.linkId, value: form[$0.linkId]) })
    }
}

extension Score {
    /// One letter a factor.
    var letters: String {
        factors.map { factor in
            switch factor.result {
            case .outcome: "O"
            case .noOutcome: "N"
            case .unknown: "U"
            }
        }.joined()
    }
}
