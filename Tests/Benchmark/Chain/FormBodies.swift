import Foundation
import Support

/// Writes FHIR documents of about 2.5 KB, each with a body of its own, cheaply: the load must not be what is measured.
struct FormBodies: Sendable {
    private struct Instrument: Decodable {
        struct Option: Decodable { let code: String }
        struct Item: Decodable {
            let linkId: String
            let options: [Option]
        }
        struct Trigger: Decodable {
            let item: String
            let options: [String]
        }
        struct Rule: Decodable {
            let factor: String
            let kind: String
            let triggers: [Trigger]
        }
        struct Definition: Decodable {
            let items: [Item]
            let rules: [Rule]
        }
        struct Questionnaire: Decodable {
            let url: String
            let version: String
        }
        let definition: Definition
        let questionnaire: Questionnaire
    }

    /// An answer that makes an outcome by itself.
    private struct Trigger {
        let item: Int
        let code: String
        let factor: String
    }

    private static let base = "https://barnsakert.example/fhir/"

    private let canonical: String
    private let linkIds: [String]
    /// Per item what no rule asks for.
    private let harmless: [[String]]
    private let triggers: [Trigger]

    init(demo: URL) throws {
        let file = try Data(contentsOf: demo.appending(path: "instrument.json"))
        let instrument = try JSONDecoder().decode(Instrument.self, from: file)
        let rules = instrument.definition.rules
        let items = instrument.definition.items
        canonical = "\(instrument.questionnaire.url)|\(instrument.questionnaire.version)"
        linkIds = items.map(\.linkId)
        harmless = items.map { item in
            let asked = rules.flatMap(\.triggers).filter { $0.item == item.linkId }.flatMap(\.options)
            return item.options.map(\.code).filter { !asked.contains($0) }
        }
        triggers = rules.filter { $0.kind == "any-of" && $0.factor != "violence" }.flatMap { rule in
            rule.triggers.compactMap { trigger in
                guard let item = items.firstIndex(where: { $0.linkId == trigger.item }) else { return nil }
                return Trigger(item: item, code: trigger.options[0], factor: rule.factor)
            }
        }
    }

    /// The document of one form, and the factor that has an outcome; nil when none has.
    func form(_ place: Clinic.Place) -> (body: [UInt8], factor: String?) {
        var random = SeededGenerator(seed: UInt64(place.number) &+ 1)
        let trigger = Mix(place.number).hasOutcome ? triggers.randomElement(using: &random) : nil
        var text = """
            {"resourceType":"QuestionnaireResponse","language":"sv","status":"completed",\
            "questionnaire":"\(canonical)","subject":{"reference":"Patient/\(place.child)"},\
            "encounter":{"reference":"Encounter/\(place.visit)"},\
            "source":{"reference":"RelatedPerson/\(place.respondent)"},"authored":"\(place.heldAt)","extension":[\
            {"url":"\(Self.base)StructureDefinition/information-version","valueString":"1"},\
            {"url":"\(Self.base)StructureDefinition/mode","valueCode":"tablet"},\
            {"url":"\(Self.base)StructureDefinition/duration-seconds",\
            "valueInteger":\(Int.random(in: 90...360, using: &random))}],"item":[
            """
        for (index, linkId) in linkIds.enumerated() {
            let code = trigger?.item == index ? trigger?.code : harmless[index].randomElement(using: &random)
            text += index == 0 ? "" : ","
            text +=
                "{\"linkId\":\"\(linkId)\",\"answer\":[{\"valueCoding\":{\"system\":\"\(Self.base)CodeSystem/svar\","
            text += "\"code\":\"\(code ?? "")\"}}]}"
        }
        text += "]}"
        return (Array(text.utf8), trigger?.factor)
    }

    /// What a nurse records of it; with an offer, accepted with consent where the mix says so.
    func conversation(_ place: Clinic.Place, about factor: String) -> [UInt8] {
        let offer: String
        if Mix(place.number).isReferred {
            let recipient = "\(place.unit.municipality)-familjebehandlare"
            offer = """
                {"kind":"family-therapist","factors":["\(factor)"],"recipient":"\(recipient)",\
                "decision":{"decision":"accepted"},"consent":{"about":"self","purpose":"support","feedback":"course",\
                "form":"written","categories":["contact","wishes"],"recipient":"\(recipient)"}}
                """
        } else {
            offer = """
                {"kind":"bvc-follow-up","factors":["\(factor)"],"decision":{"decision":"accepted"}}
                """
        }
        let text = """
            {"child":"\(place.child)","respondent":"\(place.respondent)","visit":"\(place.visit)","occasion":"visit",\
            "heldAt":"\(place.heldAt)","by":"nurse","interpreter":false,"otherParentPresent":true,\
            "minutes":\(5 + place.number % 16),"factors":[{"factor":"\(factor)","talked":"yes"}],"offers":[\(offer)]}
            """
        return Array(text.utf8)
    }
}

/// What becomes of a form by its number: of every thousand 520 have an outcome, 150 of these are talked about with an
/// offer, 60 of these become a referral that is answered.
struct Mix {
    private let place: Int

    /// 7 919 has no divisor in common with 1 000: the kinds lie evenly among one another.
    init(_ number: Int) { place = number * 7_919 % 1_000 }

    var hasOutcome: Bool { place < 520 }
    var isTalkedAbout: Bool { place < 150 }
    var isReferred: Bool { place < 60 }
}
