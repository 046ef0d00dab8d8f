import Foundation
import HTTPClient
import Runtime
import Support
import Synchronization

/// Lists children and their visits over HTTP, so that forms can be answered at all. Nothing of it is measured.
struct Clinic: Sendable {
    /// A form that was offered and waits for its answers.
    struct Place: Sendable {
        let unit: Registry.Unit
        let child: String
        let visit: String
        let respondent: String
        let screening: String
        let heldAt: String
        /// Its number, which decides what becomes of it.
        let number: Int
    }

    struct Registry: Decodable, Sendable {
        struct Unit: Decodable, Sendable {
            let unit: String
            let careProvider: String
            let municipality: String
            let phase: String
        }
        struct Slot: Decodable, Sendable {
            let code: String
            let fromDays: Int
        }
        struct Slots: Decodable, Sendable { let slots: [Slot] }
        let units: [Unit]
        let visitSlots: Slots
    }

    private struct Listed: Decodable, Sendable {
        struct Respondent: Decodable, Sendable { let respondent: String }
        let child: String
        let respondents: [Respondent]
    }

    private struct Held: Decodable {
        struct Screening: Decodable {
            let respondent: String
            let screening: String
        }
        let visit: String
        let screenings: [Screening]
    }

    /// Old enough to have had every visit, and born after the instrument came into use.
    private static let bornDaysAgo = 1_440
    private static let parents = 2

    let wire: Wire
    let places: ChainPlaces
    let registry: Registry
    /// Makes the children's numbers differ from another run's.
    let run: String

    init(wire: Wire, places: ChainPlaces) throws {
        self.wire = wire
        self.places = places
        let file = try Data(contentsOf: places.demo.appending(path: "registry.json"))
        registry = try JSONDecoder().decode(Registry.self, from: file)
        run = String(Timestamp(Date()).milliseconds, radix: 36)
    }

    /// Offers at least `count` forms: two parents at every visit of as many children as that takes. All children's
    /// first visit comes before anybody's second, as in life, so that ids are in the order in which forms will be
    /// answered.
    func offer(_ count: Int) async throws -> (forms: [Place], children: Int, visits: Int) {
        let slots = registry.visitSlots.slots
        let children = (count + slots.count * Self.parents - 1) / (slots.count * Self.parents)
        let units = registry.units.filter { $0.phase != "planned" }
        let listed = Mutex<[Int: Listed]>([:])
        try await onEveryConnection(children) { number in
            let child = try await list(number, units[number % units.count])
            listed.withLock { $0[number] = child }
        }
        let all = listed.withLock { $0 }
        let found = Mutex<[Int: [Place]]>([:])
        try await onEveryConnection(children * slots.count) { number in
            let child = number % children
            guard let family = all[child] else { return }
            let held = try await visit(family, slots[number / children], units[child % units.count])
            found.withLock { $0[number] = held }
        }
        let held = found.withLock { $0 }
        let forms = (0..<children * slots.count).flatMap { held[$0] ?? [] }
        let numbered = forms.enumerated().map { number, place in
            Place(
                unit: place.unit, child: place.child, visit: place.visit, respondent: place.respondent,
                screening: place.screening, heldAt: place.heldAt, number: number)
        }
        return (numbered, children, children * slots.count)
    }

    private func list(_ number: Int, _ unit: Registry.Unit) async throws -> Listed {
        let born = day(ago: Self.bornDaysAgo)
        let body: JSONValue = [
            "identity": [
                "system": "http://electronichealth.se/identifier/nationelltReservnummer",
                "value": .string("SYNT-\(run)-\(number)"), "name": .string("Påhittat Barn \(number)"),
            ],
            "birthDate": .string(born), "since": .string(born), "unit": .string(unit.unit),
            "residenceMunicipality": .string(unit.municipality), "synthetic": true,
            "respondents": [
                ["relation": "mother", "guardian": "yes"], ["relation": "father", "guardian": "yes"],
            ],
        ]
        return try await answer("/v1/children", body, unit)
    }

    private func visit(_ child: Listed, _ slot: Registry.Slot, _ unit: Registry.Unit) async throws -> [Place] {
        let heldAt = day(ago: Self.bornDaysAgo - slot.fromDays - 5) + "T09:00:00Z"
        let parents = child.respondents.map(\.respondent)
        let body: JSONValue = [
            "child": .string(child.child), "slot": .string(slot.code), "heldAt": .string(heldAt),
            "present": .array(parents.map { .string($0) }),
            "screenings": .array(parents.map { ["respondent": .string($0), "state": "offered"] }),
        ]
        let held: Held = try await answer("/v1/visits", body, unit)
        return held.screenings.map {
            Place(
                unit: unit, child: child.child, visit: held.visit, respondent: $0.respondent, screening: $0.screening,
                heldAt: heldAt, number: 0)
        }
    }

    private func answer<Answer: Decodable>(
        _ path: String, _ body: JSONValue, _ unit: Registry.Unit
    ) async throws -> Answer {
        let token = places.token("ehr", at: unit.careProvider)
        let bytes = Array(try JSONEncoder().encode(body))
        let response = try await wire.post(places.intake + path, token: token, bytes).response
        return try JSONDecoder().decode(Answer.self, from: Data(response.body))
    }

    private func day(ago days: Int) -> String {
        String((Timestamp(Date()) + .seconds(-86_400 * days)).rfc3339.prefix(10))
    }
}
