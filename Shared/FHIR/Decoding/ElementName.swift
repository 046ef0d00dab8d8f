/// Every member name of FHIR R4 that this module reads, writes, or names when it refuses it.
///
/// The case names are the JSON names. Only these names are ever repeated in an issue; a name that isn't listed came
/// from the caller and might hold anything.
enum ElementName: Int16, CaseIterable {
    // Resources in general.
    case resourceType, id, meta, implicitRules, language, text, contained, `extension`, modifierExtension
    case versionId, lastUpdated, source, profile, security, tag
    // Datatypes.
    case system, version, code, display, userSelected, coding, use, type, value, period, assigner, start, end
    case reference, identifier, unit, comparator, url
    // Values of a choice of types.
    case valueBoolean, valueInteger, valueDecimal, valueDate, valueDateTime, valueTime, valueString, valueUri
    case valueCode, valueCanonical, valueCoding, valueCodeableConcept, valueQuantity, valueReference
    case valueAttachment, valueInstant, valueUrl, valueId, valueMarkdown, valuePositiveInt, valueUnsignedInt
    case answerBoolean, answerInteger, answerDecimal, answerDate, answerDateTime, answerTime, answerString
    case answerCoding, answerQuantity, answerReference
    // Questionnaire.
    case name, title, derivedFrom, status, experimental, subjectType, date, publisher, contact, description
    case useContext, jurisdiction, purpose, copyright, approvalDate, lastReviewDate, effectivePeriod, item
    case linkId, definition, prefix, enableWhen, enableBehavior, required, repeats, readOnly, maxLength
    case answerValueSet, answerOption, initialSelected, initial, question, `operator`
    // QuestionnaireResponse.
    case basedOn, partOf, questionnaire, subject, encounter, authored, author, answer
    // Bundle.
    case timestamp, total, link, relation, entry, fullUrl, resource, search, mode, score, request, method
    case ifNoneMatch, ifModifiedSince, ifMatch, ifNoneExist, response, location, etag, lastModified, outcome
    case signature
    // OperationOutcome.
    case issue, severity, details, diagnostics, expression
    // Extensions of primitives.
    case _text, _title, _display
    // CapabilityStatement.
    case kind, software, releaseDate, implementation, fhirVersion, format, rest, documentation, interaction
    case searchParam, versioning, conditionalCreate

    /// The name as it is written in JSON.
    var text: String { Self.texts[Int(rawValue)] }

    /// The name within a FHIRPath, where a choice of types has one name.
    var pathText: String {
        switch self {
        case .valueBoolean, .valueInteger, .valueDecimal, .valueDate, .valueDateTime, .valueTime, .valueString,
            .valueUri, .valueCode, .valueCanonical, .valueCoding, .valueCodeableConcept, .valueQuantity,
            .valueReference, .valueAttachment, .valueInstant, .valueUrl, .valueId, .valueMarkdown,
            .valuePositiveInt, .valueUnsignedInt:
            "value"
        case .answerBoolean, .answerInteger, .answerDecimal, .answerDate, .answerDateTime, .answerTime,
            .answerString, .answerCoding, .answerQuantity, .answerReference:
            "answer"
        default: text
        }
    }

    /// Parts of FHIR that are valid wherever they stand and that no service here takes.
    var isValidButNotTaken: Bool {
        switch self {
        case ._text, ._title, ._display,
            .implicitRules, .text, .contained, .extension, .modifierExtension, .id, .contact, .useContext,
            .assigner, .valueAttachment, .signature, .ifNoneMatch, .ifModifiedSince, .ifMatch, .ifNoneExist, .details,
            .valueInstant, .valueUrl, .valueId, .valueMarkdown, .valuePositiveInt, .valueUnsignedInt:
            true
        default: false
        }
    }

    /// The names, numbered as the reader's nodes have them.
    static let numbered = JSONNames(texts)

    private static let texts = allCases.map { "\($0)" }
}
