public import Documents
internal import Events
public import FHIR

/// A file that intake's `INSTRUMENT_FILES` names: one version of a questionnaire, its wording and its rules.
///
/// `{instrument, version, validFrom, validTo, languages, licensed, rescores, synthetic, notice, definition,
/// questionnaire}`: `questionnaire` is a FHIR R4 Questionnaire and never leaves intake, `notice` tells whoever opens
/// the file what it is; the rest is published (`InstrumentReading`). The two are held against each other.
public struct InstrumentFile: Sendable {
    /// What is published, arranged for scoring.
    public let checked: CheckedInstrument
    /// Whether families in it are made up, and it is never used for others.
    public let isSynthetic: Bool
    /// The wording, arranged for checking forms.
    public let questionnaire: PreparedQuestionnaire

    /// Takes the members of the file and notes every fault in the reading.
    public init?(_ members: inout Members) {
        let read = InstrumentReading(&members)
        let isSynthetic = members.required("synthetic", .flag)
        _ = members.optional("notice", .text(charactersMax: 1000))
        let questionnaire = members.json("questionnaire").flatMap { Self.questionnaire($0, &members) }
        guard let published = read.published, let questionnaire else { return nil }
        let code = published.instrument.code
        if code.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "-" }) || code.utf8.count > 30 {
            members.fault("must be at most 30 letters, digits, dots and hyphens: it becomes an id", at: "instrument")
        }
        for fault in DefinitionAgreement(published, questionnaire).faults {
            let pointer = "\(members.pointer)/\(fault.place)"
            if !InstrumentReading.follows(pointer, from: read.unreadable, in: members) {
                members.reading.fault(fault.rule, at: pointer)
            }
        }
        guard let checked = read.checked, let isSynthetic else { return nil }
        self.checked = checked
        self.isSynthetic = isSynthetic
        self.questionnaire = questionnaire
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
