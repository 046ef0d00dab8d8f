internal import Runtime
internal import Support

/// Writes an answered form as a FHIR R4 QuestionnaireResponse.
struct FormDocument {
    private static let extensionBase = "https://barnsakert.example/fhir/StructureDefinition/"
    private static let answerSystem = "https://barnsakert.example/fhir/CodeSystem/svar"

    let instrument: Instrument

    func document(
        _ answers: [String: String], visit: Int, parent: Int, authored: Timestamp, by dice: inout Dice
    ) -> JSONValue {
        let mode = dice.one(of: [("tablet", weight: 18), ("paper", weight: 1), ("interview", weight: 1)])
        var extensions: [JSONValue] = [
            ["url": .string(Self.extensionBase + "information-version"), "valueString": "1"],
            ["url": .string(Self.extensionBase + "mode"), "valueCode": .string(mode)],
        ]
        if mode == "tablet" {
            extensions.append([
                "url": .string(Self.extensionBase + "duration-seconds"),
                "valueInteger": .integer(dice.number(90...360)),
            ])
        }
        let items: [JSONValue] = instrument.definition.items.map { item in
            guard let code = answers[item.linkId] else { return ["linkId": .string(item.linkId)] }
            return [
                "linkId": .string(item.linkId),
                "answer": [["valueCoding": ["system": .string(Self.answerSystem), "code": .string(code)]]],
            ]
        }
        return [
            "resourceType": "QuestionnaireResponse", "language": "sv", "status": "completed",
            "questionnaire": .string(instrument.canonical), "subject": ["reference": "Patient/@child"],
            "encounter": ["reference": .string("Encounter/@visit-\(visit)")],
            "source": ["reference": .string("RelatedPerson/@parent-\(parent)")],
            "authored": .string(authored.rfc3339), "extension": .array(extensions), "item": .array(items),
        ]
    }

    /// Several forms as one batch.
    static func batch(_ forms: [JSONValue]) -> JSONValue {
        [
            "resourceType": "Bundle", "type": "batch",
            "entry": .array(
                forms.map { form in
                    ["resource": form, "request": ["method": "POST", "url": "QuestionnaireResponse"]]
                }),
        ]
    }
}
