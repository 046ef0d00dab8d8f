import Events
import FHIR
import Foundation
import HTTPClient
import Testing

@testable import Intake

/// A listed child with two guardians, and what is done with it in these tests.
struct Family: Sendable {
    let child: ChildID
    let mother: RespondentID
    let father: RespondentID

    struct Listed: Decodable {
        struct Respondent: Decodable { let respondent: RespondentID }
        let child: ChildID
        let respondents: [Respondent]
    }

    struct Recorded: Decodable {
        struct Screening: Decodable {
            let respondent: RespondentID
            let state: String
            let screening: ScreeningID?
        }
        let visit: VisitID
        let screenings: [Screening]
    }

    static let names = ["Planterad Barnsson", "Planterad Modersson"]
    static let motherNumber = "195009072553"

    /// The document that lists a child; `serial` makes it another child.
    static func listing(serial: Int = 0, restricted: Bool = false) -> Document {
        [
            "identity": [
                "system": "http://electronichealth.se/identifier/personnummer", "value": .text(number(serial)),
                "name": .text(names[0]),
            ],
            "birthDate": "2025-09-01", "unit": .text(IntakeUnderTest.unit), "residenceMunicipality": "2309",
            "since": "2025-09-10", "synthetic": true,
            "respondents": [
                [
                    "relation": "mother", "guardian": "yes", "restricted": .flag(restricted),
                    "identity": [
                        "system": "http://electronichealth.se/identifier/personnummer", "value": .text(motherNumber),
                        "name": .text(names[1]),
                    ],
                ],
                ["relation": "father", "guardian": "yes"],
            ],
        ]
    }

    /// A made-up personal number of somebody born on 1 September 2025.
    static func number(_ serial: Int) -> String {
        let nine = "250901" + String(format: "%03d", serial)
        return (0...9).map { "20\(nine)\($0)" }.first { CheckDigit.holds($0.suffix(10).utf8) } ?? ""
    }

    static func listed(
        in intake: IntakeUnderTest, serial: Int = 0, restricted: Bool = false
    ) async throws -> Family {
        let reply = try await intake.post("/v1/children", listing(serial: serial, restricted: restricted))
        #expect(reply.status == 201, "\(reply)")
        let listed: Listed = try reply.decoded()
        return Family(
            child: listed.child, mother: listed.respondents[0].respondent, father: listed.respondents[1].respondent)
    }

    /// The document of a visit at which both parents were, and both were offered the form.
    func visit(_ slot: String = "10m", at heldAt: String = "2026-07-01T10:00:00+02:00") -> Document {
        [
            "child": .id(child), "slot": .text(slot), "heldAt": .text(heldAt), "present": [.id(mother), .id(father)],
            "screenings": [
                ["respondent": .id(mother), "state": "offered"], ["respondent": .id(father), "state": "offered"],
            ],
        ]
    }

    func visited(in intake: IntakeUnderTest, _ slot: String = "10m") async throws -> Recorded {
        let reply = try await intake.post("/v1/visits", visit(slot))
        #expect(reply.status == 201, "\(reply)")
        return try reply.decoded()
    }

    /// The mother's form. `answer` is given wherever a question has it, else the first option.
    func form(
        _ visit: VisitID, answer: String = "no", by respondent: RespondentID? = nil, leavingOut: Set<String> = [],
        informationVersion: String? = "1"
    ) -> Document {
        var form: Document = [
            "resourceType": "QuestionnaireResponse",
            "questionnaire": "https://barnsakert.example/fhir/Questionnaire/PLACEHOLDER|1.1.0",
            "status": "completed", "authored": "2026-07-01T10:10:00+02:00",
            "subject": ["reference": .text("Patient/\(child)")],
            "source": ["reference": .text("RelatedPerson/\(respondent ?? mother)")],
            "encounter": ["reference": .text("Encounter/\(visit)")],
            "item": .list(Self.items(answer: answer, leavingOut: leavingOut)),
        ]
        if let informationVersion {
            form["extension"] = [
                [
                    "url": .text(FormProfile.extensionBase + "information-version"),
                    "valueString": .text(informationVersion),
                ]
            ]
        }
        return form
    }

    private static func items(answer: String, leavingOut: Set<String>) -> [Document.Value] {
        let questions = IntakeUnderTest.instrument.questionnaire.questionnaire.items
        return questions.filter { !leavingOut.contains($0.linkID) }.map { question in
            let codes = question.answerOptions.compactMap { option -> String? in
                guard case .coding(let coding) = option.value else { return nil }
                return coding.code
            }
            return [
                "linkId": .text(question.linkID),
                "answer": [
                    [
                        "valueCoding": [
                            "system": "https://barnsakert.example/fhir/CodeSystem/svar",
                            "code": .text(codes.contains(answer) ? answer : codes[0]),
                        ]
                    ]
                ],
            ]
        }
    }
}

extension IntakeUnderTest {
    static let instrument: Instrument = {
        do {
            let registry = try Registry(registryFile: registryFile, instrumentFiles: [instrumentFile])
            return registry.instruments[0]
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// Hands in a form.
    func submit(_ form: Document, token: String = "tablet") async throws -> Reply {
        try await send(
            .post, "/fhir/QuestionnaireResponse", form.bytes, token: token, contentType: "application/fhir+json")
    }
}
