internal import Events

/// A questionnaire as scoring knows it: which answers may be given, and which rules decide.
///
/// Made once for each version and kept; a lookup costs one hash.
struct Instrument: Sendable {
    let reference: InstrumentReference
    let definition: InstrumentDefinition
    /// The codes that may be answered to each item, as text.
    private let options: [String: Set<String>]

    init(_ published: InstrumentPublished) {
        reference = published.instrument
        definition = published.definition
        options = Dictionary(
            published.definition.items.map { item in (item.linkId, Set(item.options.map(\.code))) }
        ) { first, _ in first }
    }

    /// Why the answers can't be ones to this instrument; nil when they can.
    func refusal(of answers: [ItemAnswer]) -> String? {
        var seen: Set<String> = []
        for answer in answers {
            guard let allowed = options[answer.item] else { return "item-unknown" }
            guard seen.insert(answer.item).inserted else { return "item-repeated" }
            // An item without options, as a whole number, takes every value of its type.
            if let value = answer.value, !allowed.isEmpty, !allowed.contains(value.code) { return "option-unknown" }
        }
        return nil
    }
}

extension AnswerValue {
    /// The answer as options and rules name it.
    var code: String {
        switch self {
        case .code(let code): code
        case .integer(let number): String(number)
        case .boolean(let truth): truth ? "true" : "false"
        }
    }
}
