internal import Events

/// What a form says of each factor, as one text: `alcohol=none low-mood=outcome`, by code.
///
/// One column instead of a row for each factor keeps a form at one row; the text names factors that no release knows
/// yet.
struct FactorResults: Sendable, Hashable {
    let text: String
    let hasOutcome: Bool

    /// Reads an outcome.
    init(_ outcomes: [FactorOutcome]) {
        text = outcomes.map { "\($0.factor.rawValue)=\($0.result.rawValue)" }.sorted().joined(separator: " ")
        hasOutcome = outcomes.contains { $0.result == .outcome }
    }

    /// The results in a text that this type has written, by factor.
    static func results(in text: String) -> [(factor: String, result: FactorResult)] {
        text.split(separator: " ").compactMap { pair in
            let parts = pair.split(separator: "=")
            guard parts.count > 1, let result = FactorResult(rawValue: String(parts[parts.count - 1])) else {
                return nil
            }
            return (parts.dropLast().joined(separator: "="), result)
        }
    }
}
