internal import Events
internal import FHIR

/// A file that `INSTRUMENT_FILES` names: one version of a questionnaire, its wording and its rules.
///
/// `{instrument, version, validFrom, validTo, languages, licensed, synthetic, definition, questionnaire}`:
/// `questionnaire` is a FHIR R4 Questionnaire and never leaves intake; the rest is published. The two are held against
/// each other.
struct InstrumentFile {
    let instrument: Instrument

    init?(_ members: inout Members) {
        let code = members.required("instrument", .code)
        let version = members.required("version", .version)
        let validFrom = members.required("validFrom", .day)
        let validTo = members.optional("validTo", .day)
        let languages = members.list("languages", countMax: 50, .language)
        let licensed = members.required("licensed", .flag)
        let isSynthetic = members.required("synthetic", .flag)
        let definition = members.object("definition", DefinitionReading.definition)
        if !members.has("definition") { members.fault("is required", at: "definition") }
        let questionnaire = members.json("questionnaire").flatMap { Self.questionnaire($0, &members) }
        if languages.isEmpty { members.fault("needs at least one language", at: "languages") }
        guard let code, let version, let validFrom, let licensed, let isSynthetic, let definition, let questionnaire
        else { return nil }
        if let validTo, validTo < validFrom { members.fault("must not be before validFrom", at: "validTo") }
        if code.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "-" }) || code.utf8.count > 30 {
            members.fault("must be at most 30 letters, digits, dots and hyphens: it becomes an id", at: "instrument")
        }
        for fault in DefinitionAgreement(definition, questionnaire).faults {
            members.fault(fault.rule, at: fault.place)
        }
        if questionnaire.canonical.version != version {
            members.fault("must be the version of the instrument", at: "questionnaire/version")
        }
        if let language = questionnaire.questionnaire.language, !languages.contains(language) {
            members.fault("must be among the languages", at: "questionnaire/language")
        }
        let sha256: String
        do throws(EventFault) {
            sha256 = try InstrumentPublished.contentHash(code: code, version: version, definition: definition)
        } catch {
            members.fault("can't be written as an event", at: "definition")
            return nil
        }
        let published = InstrumentPublished(
            instrument: InstrumentReference(code: code, version: version, sha256: sha256), languages: languages,
            validFrom: validFrom, validTo: validTo, licensed: licensed, definition: definition)
        instrument = Instrument(published, isSynthetic: isSynthetic, questionnaire: questionnaire)
    }

    private static func questionnaire(_ json: JSONValue, _ members: inout Members) -> PreparedQuestionnaire? {
        do throws(FHIRRefusal) {
            return try PreparedQuestionnaire(Questionnaire.decode(json.json()))
        } catch {
            for issue in error.issues {
                members.fault("\(issue.place ?? "Questionnaire"): \(issue.diagnostics)", at: "questionnaire")
            }
            return nil
        }
    }
}
