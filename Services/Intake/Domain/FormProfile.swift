internal import Events
internal import FHIR
internal import Instruments
internal import Runtime

/// Reads a QuestionnaireResponse as intake takes it.
///
/// `subject` is `Patient/{child}`, `source` is `RelatedPerson/{respondent}`, `encounter` is `Encounter/{visit}`;
/// `questionnaire` names url and version, `authored` the instant, `status` is completed or amended. Extensions tell
/// which information was read before the first question (required, DESIGN 4.14) and how the form was filled in; others
/// are not kept.
struct FormProfile: Sendable {
    /// The urls of our extensions begin so.
    static let extensionBase = "https://barnsakert.example/fhir/StructureDefinition/"

    let registry: Registry

    /// - Throws: every rule that isn't kept, with its place.
    func submission(
        _ response: QuestionnaireResponse, at place: String = "QuestionnaireResponse"
    ) throws(FHIRRefusal) -> FormSubmission {
        guard let canonical = response.questionnaire else {
            throw refusal(.required, "\(place).questionnaire", "The Questionnaire must be named, as url|version.")
        }
        guard let instrument = registry.instrument(canonical) else {
            throw refusal(.notFound, "\(place).questionnaire", "No such version of a Questionnaire is known here.")
        }
        let form = try instrument.questionnaire.answers(of: response, at: place)
        var reading = Reading(response: response, place: place)
        let status = reading.status()
        let child: ChildID? = reading.target(form.subject, "Patient", "subject")
        let respondent: RespondentID? = reading.target(form.source, "RelatedPerson", "source")
        let visit: VisitID? = reading.target(form.encounter, "Encounter", "encounter")
        let answeredAt = reading.instant(form.authored)
        let informationVersion = reading.informationVersion()
        let mode: ScreeningMode? = reading.code("mode")
        let help: AnsweringHelp? = reading.code("help")
        let amendedReason: AmendedReason? = reading.code("amended-reason")
        let duration = reading.duration()
        if let answeredAt, !instrument.isValid(on: StockholmDay.number(of: answeredAt)) {
            reading.fault(.businessRule, "authored", "This version of the form isn't offered on that day.")
        }
        if let language = form.language, !instrument.published.languages.contains(language) {
            reading.fault(.value, "language", "This version of the form isn't there in that language.")
        }
        let answers = form.questions.compactMap { ItemAnswer($0) }
        do throws(AnswerRefusal) {
            _ = try instrument.checked.questions.read(answers)
        } catch {
            let question = answers[error.place].item
            reading.fault(.value, "item", "The question \(question) can't be scored so: \(error.reason.rawValue).")
        }
        guard reading.issues.isEmpty, status, let child, let respondent, let visit, let answeredAt,
            let informationVersion
        else { throw FHIRRefusal(.ruleBroken, reading.issues) }
        return FormSubmission(
            child: child, respondent: respondent, visit: visit, instrument: instrument, language: form.language,
            informationVersion: informationVersion, mode: mode, help: help ?? .unaided, durationSeconds: duration,
            answeredAt: answeredAt, answers: answers, amendedReason: amendedReason, place: place)
    }

    private func refusal(_ code: IssueCode, _ place: String, _ rule: String) -> FHIRRefusal {
        FHIRRefusal(.ruleBroken, [OperationOutcome.Issue(code, at: place, rule)])
    }

    /// One reading, gathering what is wrong.
    private struct Reading {
        let response: QuestionnaireResponse
        let place: String
        var issues: [OperationOutcome.Issue] = []

        mutating func fault(_ code: IssueCode, _ member: String, _ rule: String) {
            issues.append(OperationOutcome.Issue(code, at: "\(place).\(member)", rule))
        }

        mutating func status() -> Bool {
            if response.status.isComplete { return true }
            fault(.businessRule, "status", "Only forms that are completed or amended are taken.")
            return false
        }

        mutating func target<Subject>(
            _ reference: Reference?, _ type: String, _ member: String
        ) -> Events.Identifier<Subject>? {
            guard let reference else {
                fault(.required, member, "A reference \(type)/{id} is required.")
                return nil
            }
            guard let target = reference.target, target.type == type, let id = Events.Identifier<Subject>(target.id)
            else {
                fault(.value, member, "A reference \(type)/{id} with an id of ours is expected.")
                return nil
            }
            return id
        }

        mutating func instant(_ authored: FHIRDateTime?) -> Timestamp? {
            guard let instant = authored?.instant else {
                fault(.required, "authored", "When it was answered must be told, with time and zone.")
                return nil
            }
            return Timestamp(instant)
        }

        mutating func informationVersion() -> String? {
            guard case .string(let version) = value("information-version"), version.utf8.count <= 32 else {
                fault(
                    .required, "extension",
                    "The extension information-version must tell which information was read before the first question.")
                return nil
            }
            return version
        }

        mutating func code<Code: OpenCode>(_ name: String) -> Code? {
            guard let value = value(name) else { return nil }
            guard case .code(let text) = value, Code(rawValue: text).isKnown else {
                let codes = Code.known.map(\.rawValue).joined(separator: ", ")
                fault(.codeInvalid, "extension", "The extension \(name) must be a code, one of \(codes).")
                return nil
            }
            return Code(rawValue: text)
        }

        mutating func duration() -> Int? {
            guard let value = value("duration-seconds") else { return nil }
            guard case .integer(let seconds) = value, (0...86_400).contains(seconds) else {
                fault(.value, "extension", "The extension duration-seconds must be a whole number up to a day.")
                return nil
            }
            return seconds
        }

        private func value(_ name: String) -> FHIRValue? {
            response.extensions.value(FormProfile.extensionBase + name)
        }
    }
}

extension ItemAnswer {
    /// A question that was shown, with its answer; nil for one that wasn't.
    fileprivate init?(_ question: FormAnswers.Question) {
        switch question.state {
        case .notEnabled: return nil
        case .unanswered: self.init(item: question.linkID, value: nil)
        case .answered(let values):
            switch values.first {
            case .coding(let coding): self.init(item: question.linkID, value: coding.code.map { .code($0) })
            case .integer(let number): self.init(item: question.linkID, value: .integer(number))
            case .boolean(let truth): self.init(item: question.linkID, value: .boolean(truth))
            default: return nil
            }
        }
    }
}
