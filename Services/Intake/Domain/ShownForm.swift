internal import Events
internal import FHIR
internal import Runtime

/// An answered form as FHIR shows it, made from the event that told it.
struct ShownForm {
    let revision: Int
    let json: [UInt8]

    init(_ event: [UInt8], child: ChildID, registry: Registry) throws {
        let answers = try EventCodec.decode(Event<AnswersSubmitted>.self, from: event)
        let body = answers.body
        let instrument = registry.instruments.first { $0.reference == body.instrument }
        var form = QuestionnaireResponse(
            questionnaire: instrument?.questionnaire.canonical,
            status: answers.common.revision > 1 ? .amended : .completed,
            items: body.answers.map { answer in
                QuestionnaireResponse.Item(
                    linkID: answer.item, answers: Self.values(of: answer, in: instrument?.questionnaire))
            })
        form.id = body.screening.text
        form.language = body.language
        form.subject = Reference(reference: "Patient/\(child.text)")
        form.source = Reference(reference: "RelatedPerson/\(body.respondent.text)")
        form.encounter = Reference(reference: "Encounter/\(body.visit.text)")
        form.authored = FHIRDateTime(answers.common.occurredAt.rfc3339)
        form.extensions = [
            Extension(url: FormProfile.extensionBase + "information-version", value: .string(body.informationVersion))
        ]
        revision = answers.common.revision
        json = form.json()
    }

    /// An answer with the system and the text that the Questionnaire has for its code.
    private static func values(of answer: ItemAnswer, in questionnaire: PreparedQuestionnaire?) -> [FHIRValue] {
        switch answer.value {
        case nil: return []
        case .integer(let number): return [.integer(number)]
        case .boolean(let truth): return [.boolean(truth)]
        case .code(let code):
            let option = questionnaire?.item(answer.item)?.answerOptions.first { option in
                guard case .coding(let coding) = option.value else { return false }
                return coding.code == code
            }
            return [option?.value ?? .coding(Coding(code: code))]
        }
    }
}
