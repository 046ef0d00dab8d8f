/// A set of questions: what a response is held to.
///
/// Read from JSON it has the structure of FHIR R4; the rules that tie its parts together are checked when it is
/// prepared (`PreparedQuestionnaire`).
public struct Questionnaire: Sendable, Hashable {
    /// Whether it may be used: the codes of `http://hl7.org/fhir/publication-status`.
    public enum Status: String, Sendable, CaseIterable {
        /// Being written.
        case draft
        /// In use.
        case active
        /// No longer in use.
        case retired
        /// Not known.
        case unknown
    }

    /// The id on its server.
    public var id: String?
    /// What its server knows about it.
    public var meta: Meta?
    /// The language of its texts.
    public var language: String?
    /// Extensions.
    public var extensions: [Extension] = []
    /// Its canonical url.
    public var url: String?
    /// Its business identifiers.
    public var identifiers: [Identifier] = []
    /// Its version; a published version never changes.
    public var version: String?
    /// A name for programs.
    public var name: String?
    /// A name for people.
    public var title: String?
    /// Extensions of the title; `translation` is the one that is read here.
    public var titleExtensions: [Extension] = []
    /// The questionnaires it was made from.
    public var derivedFrom: [String] = []
    /// Whether it may be used.
    public var status: Status
    /// True if it is only for trying out.
    public var isExperimental: Bool?
    /// The types of resource that a response may be about.
    public var subjectTypes: [String] = []
    /// When it was last changed.
    public var date: FHIRDateTime?
    /// Who publishes it.
    public var publisher: String?
    /// What it is, in words.
    public var description: String?
    /// Where it is meant for.
    public var jurisdictions: [CodeableConcept] = []
    /// What it is for, in words.
    public var purpose: String?
    /// Who may use it how.
    public var copyright: String?
    /// When it was approved.
    public var approvalDate: FHIRDate?
    /// When it was last reviewed.
    public var lastReviewDate: FHIRDate?
    /// When it is meant to be used.
    public var effectivePeriod: Period?
    /// Codes for the whole.
    public var codes: [Coding] = []
    /// Its questions, groups and texts.
    public var items: [Item] = []

    /// A questionnaire to which the caller adds the rest.
    public init(url: String?, version: String?, status: Status, items: [Item]) {
        self.url = url
        self.version = version
        self.status = status
        self.items = items
    }

    /// Reads a Questionnaire strictly; the refusal has every fault that was found, with its place.
    public static func decode(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(FHIRRefusal) -> Questionnaire
    {
        try decode(document: bytes, limits: limits)
    }

    /// The Questionnaire as compact JSON.
    public func json() -> [UInt8] { encoded() }
}

extension Questionnaire: FHIRResource {
    static var type: String { "Questionnaire" }

    init?(reading members: inout Members) {
        let status = members.code(.status, as: Status.self)
        members.require(.status)
        self.init(
            url: members.uri(.url), version: members.string(.version), status: status ?? .unknown,
            items: members.elements(.item))
        id = members.id(.id)
        meta = members.element(.meta)
        language = members.code(.language)
        extensions = members.elements(.extension)
        identifiers = members.elements(.identifier)
        name = members.string(.name)
        title = members.string(.title)
        titleExtensions = (members.element(._title) as PrimitiveExtensions?)?.extensions ?? []
        derivedFrom = members.strings(.derivedFrom, .uri)
        isExperimental = members.boolean(.experimental)
        subjectTypes = members.strings(.subjectType, .code)
        date = members.lexical(.date)
        publisher = members.string(.publisher)
        description = members.string(.description)
        jurisdictions = members.elements(.jurisdiction)
        purpose = members.string(.purpose)
        copyright = members.string(.copyright)
        approvalDate = members.lexical(.approvalDate)
        lastReviewDate = members.lexical(.lastReviewDate)
        effectivePeriod = members.element(.effectivePeriod)
        codes = members.elements(.code)
    }

    func write(to json: inout JSONWriter) {
        json.string(.id, id)
        json.element(.meta, meta)
        json.string(.language, language)
        json.elements(.extension, extensions)
        json.string(.url, url)
        json.elements(.identifier, identifiers)
        json.string(.version, version)
        json.string(.name, name)
        json.string(.title, title)
        json.element(._title, PrimitiveExtensions(titleExtensions))
        json.strings(.derivedFrom, derivedFrom)
        json.string(.status, status.rawValue)
        json.boolean(.experimental, isExperimental)
        json.strings(.subjectType, subjectTypes)
        json.string(.date, date?.text)
        json.string(.publisher, publisher)
        json.string(.description, description)
        json.elements(.jurisdiction, jurisdictions)
        json.string(.purpose, purpose)
        json.string(.copyright, copyright)
        json.string(.approvalDate, approvalDate?.text)
        json.string(.lastReviewDate, lastReviewDate?.text)
        json.element(.effectivePeriod, effectivePeriod)
        json.elements(.code, codes)
        json.elements(.item, items)
    }
}
