internal import Support

/// Reads a QuestionnaireResponse no further than the demonstration's questions go.
enum FormReading {
    /// The first answer to each item, as the instrument's rules name it.
    static func answers(of form: JSONValue) -> [String: String] {
        var answers: [String: String] = [:]
        for item in form["item"]?.elements ?? [] {
            if let link = item["linkId"]?.text, let code = item["answer"]?.elements.first.flatMap(code) {
                answers[link] = code
            }
            answers.merge(Self.answers(of: item)) { first, _ in first }
        }
        return answers
    }

    private static func code(of answer: JSONValue) -> String? {
        if let code = answer["valueCoding"]?["code"]?.text { return code }
        if case .integer(let number) = answer["valueInteger"] { return String(number) }
        if case .boolean(let truth) = answer["valueBoolean"] { return String(truth) }
        return nil
    }
}
