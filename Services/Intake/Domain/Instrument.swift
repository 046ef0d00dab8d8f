internal import Events
internal import FHIR
internal import Instruments

/// A questionnaire with both its sides: the wording that parents see, which stays here, and the codes and rules that
/// are published.
struct Instrument: Sendable {
    /// What is published, by which scoring will read the answers.
    let checked: CheckedInstrument
    let isSynthetic: Bool
    /// The file that it stands in, for faults.
    let file: String
    /// The wording, arranged for checking forms.
    let questionnaire: PreparedQuestionnaire
    /// The Questionnaire as it is served, with all its languages.
    let questionnaireJSON: [UInt8]
    /// The Questionnaire in one of its languages alone.
    private let translatedJSON: [String: [UInt8]]
    /// Items that a complete form answers.
    let requiredItems: Set<String>

    init(_ checked: CheckedInstrument, isSynthetic: Bool, file: String, questionnaire: PreparedQuestionnaire) {
        let published = checked.published
        self.checked = checked
        self.isSynthetic = isSynthetic
        self.file = file
        self.questionnaire = questionnaire
        var served = questionnaire.questionnaire
        served.id = Self.id(published.instrument)
        questionnaireJSON = served.json()
        translatedJSON = Dictionary(
            published.languages.map { ($0, served.translated(into: $0).json()) }
        ) { first, _ in first }
        requiredItems = Set(published.definition.items.filter(\.required).map(\.linkId))
    }

    var published: InstrumentPublished { checked.published }
    /// The id of the Questionnaire under `/fhir`.
    var id: String { Self.id(published.instrument) }
    var reference: InstrumentReference { published.instrument }

    /// The Questionnaire in one language, as it is served to who reads no other; nil where there is none in it.
    func questionnaireJSON(in language: String) -> [UInt8]? { translatedJSON[language] }

    /// Whether the form is offered on a day.
    func isValid(on day: Int) -> Bool {
        guard day >= StockholmDay.number(of: published.validFrom) else { return false }
        return published.validTo.map { day <= StockholmDay.number(of: $0) } ?? true
    }

    private static func id(_ reference: InstrumentReference) -> String { "\(reference.code)-\(reference.version)" }
}
