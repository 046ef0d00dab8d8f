/// A filled form, or a part of one: the answers of one person to a Questionnaire.
///
/// It holds answers about health. Nothing of it belongs in a log, a metric or an error.
public struct QuestionnaireResponse: Sendable, Hashable {
    /// How far it has come: the codes of `http://hl7.org/fhir/questionnaire-answers-status`.
    public enum Status: String, Sendable, CaseIterable {
        /// Still being filled in.
        case inProgress = "in-progress"
        /// All that will be answered is.
        case completed
        /// Completed, and changed afterwards.
        case amended
        /// It should never have been.
        case enteredInError = "entered-in-error"
        /// Ended early.
        case stopped

        /// True if every required question must have been answered.
        public var isComplete: Bool { self == .completed || self == .amended }
    }

    /// The id on its server.
    public var id: String?
    /// What its server knows about it.
    public var meta: Meta?
    /// The language it was answered in.
    public var language: String?
    /// Extensions.
    public var extensions: [Extension] = []
    /// Its business identifier.
    public var identifier: Identifier?
    /// The orders that it answers.
    public var basedOn: [Reference] = []
    /// What it is a part of.
    public var partOf: [Reference] = []
    /// The Questionnaire it answers: `url|version`.
    public var questionnaire: Canonical?
    /// How far it has come.
    public var status: Status
    /// Whom the answers are about.
    public var subject: Reference?
    /// The visit it belongs to.
    public var encounter: Reference?
    /// When the answers were given.
    public var authored: FHIRDateTime?
    /// Who put them in.
    public var author: Reference?
    /// Who gave them.
    public var source: Reference?
    /// The answers.
    public var items: [Item] = []

    /// A response to which the caller adds the rest.
    public init(questionnaire: Canonical?, status: Status, items: [Item] = []) {
        self.questionnaire = questionnaire
        self.status = status
        self.items = items
    }

    /// Reads a QuestionnaireResponse strictly; the refusal has every fault that was found, with its place, and nothing
    /// of the answers.
    public static func decode(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(FHIRRefusal) -> QuestionnaireResponse {
        try decode(document: bytes, limits: limits)
    }

    /// The QuestionnaireResponse as compact JSON.
    public func json() -> [UInt8] { encoded() }
}

extension QuestionnaireResponse: FHIRResource {
    static var type: String { "QuestionnaireResponse" }

    init?(reading members: inout Members) {
        let status = members.code(.status, as: Status.self)
        members.require(.status)
        self.init(
            questionnaire: members.uri(.questionnaire).map(Canonical.init), status: status ?? .stopped,
            items: members.elements(.item))
        id = members.id(.id)
        meta = members.element(.meta)
        language = members.code(.language)
        extensions = members.elements(.extension)
        identifier = members.element(.identifier)
        basedOn = members.elements(.basedOn)
        partOf = members.elements(.partOf)
        subject = members.reference(.subject)
        encounter = members.reference(.encounter, to: "Encounter")
        authored = members.lexical(.authored)
        author = members.reference(
            .author, to: "Device", "Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "Organization")
        source = members.reference(.source, to: "Patient", "Practitioner", "PractitionerRole", "RelatedPerson")
    }

    func write(to json: inout JSONWriter) {
        json.string(.id, id)
        json.element(.meta, meta)
        json.string(.language, language)
        json.elements(.extension, extensions)
        json.element(.identifier, identifier)
        json.elements(.basedOn, basedOn)
        json.elements(.partOf, partOf)
        json.string(.questionnaire, questionnaire?.description)
        json.string(.status, status.rawValue)
        json.element(.subject, subject)
        json.element(.encounter, encounter)
        json.string(.authored, authored?.text)
        json.element(.author, author)
        json.element(.source, source)
        json.elements(.item, items)
    }
}
