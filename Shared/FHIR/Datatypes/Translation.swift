/// Extensions of a primitive, as the member `_name` beside `name` has them. Its id isn't taken.
struct PrimitiveExtensions: FHIRElement {
    let extensions: [Extension]

    init?(reading members: inout Members) {
        extensions = members.elements(.extension)
        members.require(.extension)
    }

    init?(_ extensions: [Extension]) {
        if extensions.isEmpty { return nil }
        self.extensions = extensions
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
    }
}

extension Extension {
    /// The text in another language than its resource's (R4's core extension `translation`: `lang` and `content`).
    public static let translationURL = "http://hl7.org/fhir/StructureDefinition/translation"

    /// A language and the text in it; nil for another extension, and for a translation that lacks one of the two.
    public var translation: (language: String, content: String)? {
        guard url == Self.translationURL, case .code(let language) = extensions.value("lang"),
            case .string(let content) = extensions.value("content")
        else { return nil }
        return (language, content)
    }
}

extension [Extension] {
    /// The text in a language, where it is translated into it.
    public func translation(into language: String) -> String? {
        lazy.compactMap(\.translation).first { $0.language == language }?.content
    }

    fileprivate var withoutTranslations: [Extension] { filter { $0.url != Extension.translationURL } }
}

extension Questionnaire {
    /// The Questionnaire in one language, without its translations. What isn't translated stays as it is: who needs all
    /// of it has checked that.
    public func translated(into wanted: String) -> Questionnaire {
        var translated = self
        translated.title = titleExtensions.translation(into: wanted) ?? title
        translated.titleExtensions = titleExtensions.withoutTranslations
        translated.items = items.map { $0.translated(into: wanted) }
        translated.language = wanted
        return translated
    }
}

extension Questionnaire.Item {
    fileprivate func translated(into wanted: String) -> Questionnaire.Item {
        var translated = self
        translated.text = textExtensions.translation(into: wanted) ?? text
        translated.textExtensions = textExtensions.withoutTranslations
        translated.items = items.map { $0.translated(into: wanted) }
        translated.answerOptions = answerOptions.map { option in
            guard case .coding(var coding) = option.value else { return option }
            coding.display = coding.displayExtensions.translation(into: wanted) ?? coding.display
            coding.displayExtensions = coding.displayExtensions.withoutTranslations
            var translated = option
            translated.value = .coding(coding)
            return translated
        }
        return translated
    }
}
