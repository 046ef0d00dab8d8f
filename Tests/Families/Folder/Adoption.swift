internal import Cryptography
internal import Support

/// Makes families round somebody's own QuestionnaireResponses: for each subject a child, for each source a parent, for
/// each encounter a visit, in the order in which they were answered. Marked synthetic, like all that a demonstration
/// holds.
struct Adoption {
    struct Document: Sendable {
        let name: String
        let json: JSONValue
    }

    private static let reserveNumber = "http://electronichealth.se/identifier/nationelltReservnummer"

    let documents: [Document]
    let registry: Registry

    func families() throws -> [Family] {
        let forms = try documents.flatMap { document in try Self.forms(document) }
        let bySubject = Dictionary(grouping: forms, by: \.subject)
        return try bySubject.keys.sorted().map { subject in
            try family(subject, (bySubject[subject] ?? []).sorted { ($0.authored, $0.place) < ($1.authored, $1.place) })
        }
    }

    /// One answered form with whom it refers to.
    private struct Form {
        let place: String
        let subject: String
        let source: String
        let encounter: String
        let authored: String
        let json: JSONValue
    }

    private static func forms(_ document: Document) throws -> [Form] {
        if document.json["resourceType"] == "Bundle" {
            return try (document.json["entry"]?.elements ?? []).enumerated().map { index, entry in
                try form(entry["resource"] ?? .null, at: "\(document.name), entry \(index)")
            }
        }
        return [try form(document.json, at: document.name)]
    }

    private static func form(_ json: JSONValue, at place: String) throws -> Form {
        func reference(_ member: String) throws -> String {
            guard let text = json[member]?["reference"]?.text else {
                throw Step.Fault(description: "\(place): a QuestionnaireResponse with \(member).reference is expected")
            }
            return text
        }
        guard json["resourceType"] == "QuestionnaireResponse", let authored = json["authored"]?.text,
            authored.count >= 10
        else { throw Step.Fault(description: "\(place): a QuestionnaireResponse with authored is expected") }
        return Form(
            place: place, subject: try reference("subject"), source: try reference("source"),
            encounter: try reference("encounter"), authored: authored, json: json)
    }

    private func family(_ subject: String, _ forms: [Form]) throws -> Family {
        let sources = Self.distinct(forms.map(\.source))
        let encounters = Self.distinct(forms.map(\.encounter))
        guard let unit = registry.units.first(where: \.isLive), encounters.count <= registry.slots.count,
            sources.count <= 8, let first = forms.first
        else {
            throw Step.Fault(
                description: "\(subject): at most \(registry.slots.count) encounters and 8 sources of a child are taken"
            )
        }
        let name = "own-" + String(SHA256.hash(Array(subject.utf8)).hexText.prefix(12))
        var steps = [
            Step(place: "\(name) for \(first.place)", kind: .child, document: child(name, sources, unit, first))
        ]
        for (index, encounter) in encounters.enumerated() {
            let ofVisit = forms.filter { $0.encounter == encounter }
            let parents = Self.distinct(ofVisit.map(\.source)).compactMap { sources.firstIndex(of: $0) }.sorted()
            steps.append(
                Step(place: "\(name), visit \(index + 1)", kind: .visit, document: visit(index, parents, ofVisit)))
            for form in ofVisit {
                let parent = (sources.firstIndex(of: form.source) ?? 0) + 1
                steps.append(Step(place: form.place, kind: .form, document: named(form.json, index + 1, parent)))
            }
        }
        return Family(name: name, steps: steps)
    }

    /// Born on the day of the first form: what is known of the age is only that.
    private func child(_ name: String, _ sources: [String], _ unit: Registry.Unit, _ first: Form) -> JSONValue {
        let day = JSONValue.string(String(first.authored.prefix(10)))
        return [
            "identity": ["system": .string(Self.reserveNumber), "value": .string(name), "name": "Okänt barn"],
            "birthDate": day, "since": day, "unit": .string(unit.unit),
            "residenceMunicipality": .string(unit.municipality), "synthetic": true,
            "respondents": .array(
                sources.indices.map { index in
                    ["relation": index == 0 ? "mother" : index == 1 ? "father" : "other", "guardian": "unknown"]
                }),
        ]
    }

    private func visit(_ index: Int, _ parents: [Int], _ forms: [Form]) -> JSONValue {
        let names = parents.map { JSONValue.string("@parent-\($0 + 1)") }
        return [
            "child": "@child", "slot": .string(registry.slots[index].code),
            "heldAt": .string(forms.first?.authored ?? ""), "present": .array(names),
            "screenings": .array(names.map { ["respondent": $0, "state": "offered"] }),
        ]
    }

    private func named(_ form: JSONValue, _ visit: Int, _ parent: Int) -> JSONValue {
        var form = form
        form["subject"] = ["reference": "Patient/@child"]
        form["source"] = ["reference": .string("RelatedPerson/@parent-\(parent)")]
        form["encounter"] = ["reference": .string("Encounter/@visit-\(visit)")]
        return form
    }

    private static func distinct(_ texts: [String]) -> [String] {
        texts.enumerated().filter { index, text in !texts[..<index].contains(text) }.map(\.element)
    }
}
