internal import Foundation

/// The demonstration's questionnaire as its file tells it: what may be answered, and what is an outcome.
///
/// Read and applied here without a line of the services' code, so that their scoring is checked against something else.
struct Instrument: Sendable, Decodable {
    struct Option: Sendable, Decodable {
        let code: String
    }

    struct Item: Sendable, Decodable {
        let linkId: String
        let options: [Option]
        let required: Bool
    }

    struct Trigger: Sendable, Decodable {
        let item: String
        let options: [String]
    }

    struct Rule: Sendable, Decodable {
        let factor: String
        let kind: String
        let atLeast: Int?
        let triggers: [Trigger]

        /// How many items must answer so.
        var needed: Int { kind == "any-of" ? 1 : atLeast ?? 1 }
    }

    struct Definition: Sendable, Decodable {
        let items: [Item]
        let rules: [Rule]
    }

    struct Questionnaire: Sendable, Decodable {
        let url: String
        let version: String
    }

    let definition: Definition
    let questionnaire: Questionnaire

    /// As a QuestionnaireResponse names it.
    var canonical: String { "\(questionnaire.url)|\(questionnaire.version)" }

    static func read(_ folder: URL) throws -> Instrument {
        let bytes = try Data(contentsOf: folder.appending(path: "instrument.json"))
        return try JSONDecoder().decode(Instrument.self, from: bytes)
    }

    /// The factors with an outcome, of answers by item.
    func outcomes(of answers: [String: String]) -> Set<String> {
        var factors: Set<String> = []
        for rule in definition.rules {
            var met = 0
            for trigger in rule.triggers {
                if let answer = answers[trigger.item], trigger.options.contains(answer) { met += 1 }
            }
            if met >= rule.needed { factors.insert(rule.factor) }
        }
        return factors
    }

    /// Whether a required question has no answer.
    func isPartial(_ answers: [String: String]) -> Bool {
        definition.items.contains { $0.required && answers[$0.linkId] == nil }
    }
}
