internal import Runtime
internal import Support

/// Writes a planned family down as the documents that are sent.
struct FamilyWriter {
    private static let reserveNumber = "http://electronichealth.se/identifier/nationelltReservnummer"

    let instrument: Instrument
    let recipients: Recipients
    let seed: UInt64
    /// Midnight UTC of the day before which everything has happened.
    let lastDay: Timestamp

    func family(_ plan: PlannedFamily, by dice: inout Dice) -> Family {
        let name = String("000\(plan.number)".suffix(4))
        var writing = FamilyWriting(name: name)
        writing.add(.child, child(plan, name: name, by: &dice))
        for (index, visit) in plan.visits.enumerated() {
            let number = index + 1
            writing.add(.visit, self.visit(visit, number: number, by: &dice))
            let answers = forms(visit, number: number, into: &writing, by: &dice)
            let offers = OfferWriter(recipients: recipients, family: plan, visit: visit, visitNumber: number)
            for (parent, given) in answers.sorted(by: { $0.key < $1.key }) {
                guard case .answered(let form) = visit.marks[parent], let conversation = form.conversation else {
                    continue
                }
                let factors = instrument.outcomes(of: given).sorted()
                offers.write(
                    conversation, with: parent, about: factors, heldAt: time(visit, minutesLater: 25 + 20 * parent),
                    into: &writing, by: &dice)
            }
        }
        return Family(name: name, steps: writing.steps)
    }

    private func child(_ plan: PlannedFamily, name: String, by dice: inout Dice) -> JSONValue {
        let born = day(ago: plan.bornDaysAgo)
        let relations =
            plan.parents == 2
            ? ["mother", dice.one(of: [("father", weight: 9), ("other-parent", weight: 1)])]
            : [dice.one(of: [("mother", weight: 4), ("father", weight: 1)])]
        var document: JSONValue = [
            "identity": [
                "system": .string(Self.reserveNumber), "value": .string("SYNT-\(seed)-\(name)"),
                "name": .string("Påhittat Barn \(name)"),
            ],
            "birthDate": .string(born), "since": .string(born), "unit": .string(plan.unit.unit),
            "residenceMunicipality": .string(plan.unit.municipality), "synthetic": true,
            "respondents": .array(
                relations.map { relation in ["relation": .string(relation), "guardian": "yes"] }),
        ]
        if plan.isRestricted { document["restricted"] = true }
        return document
    }

    private func visit(_ visit: PlannedVisit, number: Int, by dice: inout Dice) -> JSONValue {
        let screenings: [JSONValue] = visit.marks.sorted { $0.key < $1.key }.map { parent, mark in
            var screening: JSONValue = ["respondent": .string("@parent-\(parent)")]
            switch mark {
            case .notOffered(let reason):
                screening["state"] = "not-offered"
                screening["reason"] = .string(reason)
            case .declined:
                screening["state"] = "declined"
                screening["scope"] = .string(dice.one(of: [("forNow", weight: 4), ("untilAsked", weight: 1)]))
            case .answered: screening["state"] = "offered"
            }
            return screening
        }
        return [
            "child": "@child", "slot": .string(visit.slot), "heldAt": .string(time(visit).rfc3339),
            "present": .array(visit.present.map { .string("@parent-\($0)") }), "screenings": .array(screenings),
        ]
    }

    /// Both parents' forms often come as one batch.
    private func forms(
        _ visit: PlannedVisit, number: Int, into writing: inout FamilyWriting, by dice: inout Dice
    ) -> [Int: [String: String]] {
        var given: [Int: [String: String]] = [:]
        var documents: [JSONValue] = []
        for (parent, mark) in visit.marks.sorted(by: { $0.key < $1.key }) {
            guard case .answered(let form) = mark else { continue }
            let answers = Answers(instrument: instrument).draw(form, by: &dice)
            given[parent] = answers
            documents.append(
                FormDocument(instrument: instrument).document(
                    answers, visit: number, parent: parent, authored: time(visit, minutesLater: 5 * parent), by: &dice))
        }
        if documents.count == 2, dice.number(1...2) == 1 {
            writing.add(.forms, FormDocument.batch(documents))
        } else {
            for document in documents { writing.add(.form, document) }
        }
        return given
    }

    private func time(_ visit: PlannedVisit, minutesLater: Int = 0) -> Timestamp {
        lastDay + .seconds(-86_400 * visit.daysAgo + 60 * (visit.minute + minutesLater))
    }

    private func day(ago days: Int) -> String { String((lastDay + .seconds(-86_400 * days)).rfc3339.prefix(10)) }
}

/// The documents of one family while they are written.
struct FamilyWriting {
    let name: String
    private(set) var steps: [Step] = []
    /// How many offers were made so far.
    var offers = 0

    mutating func add(_ kind: StepKind, at target: String? = nil, _ document: JSONValue) {
        steps.append(Step(place: "\(name)/\(steps.count + 1)", kind: kind, target: target, document: document))
    }

    init(name: String) { self.name = name }
}
