import Foundation
import HTTPClient
import Synchronization

/// Answers forms, and talks about those that the mix says, over the connections.
struct Load: Sendable {
    /// What was taken so far.
    struct Taken: Sendable {
        let forms = Tally()
        let outcomes = Tally()
        let conversations = Tally()
        let referrals = Tally()
        /// Posts that a service asked to repeat later.
        let postponed = Tally()
    }

    let wire: Wire
    let places: ChainPlaces
    let bodies: FormBodies
    let forms: [Clinic.Place]
    let taken = Taken()

    /// As fast as answers come, until `end`; false when the forms ran out before.
    func closedLoop(from first: Int, until end: ContinuousClock.Instant) async throws -> Bool {
        let ranOut = Tally()
        let count = forms.count
        let next = Numbers(from: first)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Wire.connections {
                group.addTask {
                    while ContinuousClock.now < end {
                        guard let number = next.take(below: count) else { return ranOut.add() }
                        try await answer(forms[number])
                    }
                }
            }
            try await group.waitForAll()
        }
        return ranOut.value == 0
    }

    /// At a fixed rate, whatever the answers do: a form that finds every connection busy is late, and its lateness
    /// counts.
    /// - Parameter due: told the instant at which a form should have been sent, before it is.
    func openLoop(
        from first: Int, count: Int, perSecond rate: Double,
        due: @escaping @Sendable (Clinic.Place, ContinuousClock.Instant) -> Void
    ) async throws {
        let began = ContinuousClock.now
        let end = min(first + count, forms.count)
        let next = Numbers(from: first)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Wire.connections {
                group.addTask {
                    while let number = next.take(below: end) {
                        let instant = began + .seconds(Double(number - first) / rate)
                        try await Task.sleep(until: instant, tolerance: .zero)
                        due(forms[number], instant)
                        try await answer(forms[number])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func answer(_ place: Clinic.Place) async throws {
        let (body, factor) = bodies.form(place)
        let tablet = places.token("tablet", at: place.unit.unit)
        let sent = try await wire.post(
            places.intake + "/fhir/QuestionnaireResponse", token: tablet, type: "application/fhir+json", body)
        taken.forms.add()
        taken.postponed.add(sent.postponed)
        guard let factor else { return }
        taken.outcomes.add()
        let mix = Mix(place.number)
        guard mix.isTalkedAbout else { return }
        let nurse = places.token("nurse", at: place.unit.unit)
        let talked = try await wire.post(
            places.intake + "/v1/conversations", token: nurse, bodies.conversation(place, about: factor))
        taken.postponed.add(talked.postponed)
        taken.conversations.add()
        if mix.isReferred { taken.referrals.add() }
    }
}
