internal import FHIR

/// Holds the languages that an instrument claims against its wording: a parent who chooses one reads every text in it.
///
/// The Questionnaire's own texts are in its `language`; the others are translations of each text (R4's extension
/// `translation` on the title, on the text of each item, on the display of each option).
struct LanguageAgreement {
    private(set) var faults: [DefinitionAgreement.Fault] = []
    /// The languages besides the Questionnaire's own.
    private let others: [String]

    /// A text that parents read, and where it stands.
    private struct Wording {
        /// The object that has it, and under which name.
        let holder: String
        let member: String
        let text: String?
        let extensions: [Extension]
        /// Whether nobody can answer without it.
        var isNeeded = false

        /// Of its translations.
        var place: String { "\(holder)/_\(member)" }
    }

    init(_ claimed: [String], _ questionnaire: Questionnaire) {
        let own = questionnaire.language
        others = claimed.filter { $0 != own && !$0.isEmpty }
        if own.map({ !claimed.contains($0) }) ?? true {
            fault("questionnaire/language", "must be told, and be among the languages")
        }
        let title = Wording(
            holder: "questionnaire", member: "title", text: questionnaire.title,
            extensions: questionnaire.titleExtensions)
        let wordings = [title] + Self.wordings(questionnaire.items, at: "questionnaire/item")
        for wording in wordings {
            if wording.isNeeded, wording.text == nil {
                fault("\(wording.holder)/\(wording.member)", "the text is missing")
            }
            checkForm(of: wording)
        }
        for (index, language) in claimed.enumerated() where others.contains(language) {
            let missing = wordings.filter { wording in
                wording.text != nil && wording.extensions.translation(into: language) == nil
            }
            if missing.count == wordings.count(where: { $0.text != nil }) {
                fault("languages/\(index)", "the wording is missing in \(language)")
                continue
            }
            for wording in missing { fault(wording.place, "the text is missing in \(language)") }
        }
    }

    /// A translation that nobody can choose, that can't be read or that stands twice is a slip in another one.
    private mutating func checkForm(of wording: Wording) {
        let translations = wording.extensions.filter { $0.url == Extension.translationURL }
        let read = translations.compactMap(\.translation)
        if read.count < translations.count || read.contains(where: \.content.isEmpty) {
            fault(wording.place, "a translation has lang, a code, and content, a string")
        }
        if Set(read.map(\.language)).count < read.count { fault(wording.place, "a language stands twice") }
        for language in Set(read.map(\.language)).subtracting(others).sorted() {
            fault(wording.place, "a translation into \(language), which isn't among the other languages")
        }
    }

    private static func wordings(_ items: [Questionnaire.Item], at place: String) -> [Wording] {
        items.enumerated().flatMap { index, item in
            let place = "\(place)/\(index)"
            let options = item.answerOptions.enumerated().compactMap { number, option -> Wording? in
                guard case .coding(let coding) = option.value else { return nil }
                return Wording(
                    holder: "\(place)/answerOption/\(number)/valueCoding", member: "display", text: coding.display,
                    extensions: coding.displayExtensions, isNeeded: true)
            }
            let question = Wording(
                holder: place, member: "text", text: item.text, extensions: item.textExtensions,
                isNeeded: item.type.isQuestion)
            return [question] + options + wordings(item.items, at: "\(place)/item")
        }
    }

    private mutating func fault(_ place: String, _ rule: String) {
        faults.append(DefinitionAgreement.Fault(place: place, rule: rule))
    }
}
