internal import Cryptography
internal import Events
internal import FHIR
internal import Runtime

/// An answered form that keeps every rule of its Questionnaire, in our own words.
struct FormSubmission: Sendable {
    let child: ChildID
    let respondent: RespondentID
    let visit: VisitID
    let instrument: Instrument
    /// Nil: the language in which the form was offered.
    let language: String?
    let informationVersion: String
    /// Nil: as the form was offered.
    let mode: ScreeningMode?
    let help: AnsweringHelp
    let durationSeconds: Int?
    let answeredAt: Timestamp
    /// Items that were shown, in their order.
    let answers: [ItemAnswer]
    let amendedReason: AmendedReason?
    /// Where the form stands in the document, for the places of refusals.
    let place: String

    var answeredCount: Int { answers.count { $0.value != nil } }

    /// Complete when every item that a complete form answers was answered, or wasn't asked after these answers.
    var completeness: Completeness {
        answers.contains { $0.value == nil && instrument.requiredItems.contains($0.item) } ? .partial : .complete
    }
}

/// What makes two submissions the same form: all that was answered and when, not how the document was written. Made of
/// what `answers.submitted` carries, so that it can be found again from the event after a restore.
struct FormDigest {
    let instrument: InstrumentReference
    let language: String
    let informationVersion: String
    let answeredAt: Timestamp
    let answers: [ItemAnswer]

    var bytes: [UInt8] {
        var text =
            "\(instrument.code)\n\(instrument.version)\n\(instrument.sha256)\n\(language)\n\(informationVersion)\n"
            + "\(answeredAt.milliseconds)\n"
        for answer in answers {
            text += answer.item
            switch answer.value {
            case .code(let code): text += "=c\(code)\n"
            case .integer(let number): text += "=i\(number)\n"
            case .boolean(let truth): text += truth ? "=b1\n" : "=b0\n"
            case nil: text += "\n"
            }
        }
        return SHA256.hash(Array(text.utf8))
    }
}
