internal import Support
internal import Testing

@testable internal import Families

@Suite("The ledger knows what the services must count")
struct LedgerTests {
    private static let child: JSONValue = [
        "respondents": [["relation": "mother", "guardian": "yes"], ["relation": "father", "guardian": "yes"]]
    ]

    private func ledger(_ offer: JSONValue, restricted: Bool = false) throws -> Ledger {
        var ledger = Ledger(instrument: try Instrument.read(Demonstration.folder))
        var child = Self.child
        if restricted { child["restricted"] = true }
        ledger.accept(.child, at: nil, child)
        ledger.accept(.conversation, at: nil, ["respondent": "@parent-1", "heldAt": "now", "offers": [offer]])
        return ledger
    }

    private func offer(kind: String = "family-therapist", about: String?, guardians: [JSONValue] = []) -> JSONValue {
        var offer: JSONValue = ["kind": .string(kind), "decision": ["decision": "accepted"]]
        if let about { offer["consent"] = ["about": .string(about), "guardians": .array(guardians)] }
        return offer
    }

    @Test("a parent's consent about herself is enough to send")
    func aboutSelf() throws {
        let facts = try ledger(offer(about: "self")).facts()
        #expect(facts[.requested] == 1)
        #expect(facts[.held] == 0)
    }

    @Test("what is about the child waits for the other guardian, and goes when she has consented")
    func otherGuardian() throws {
        var ledger = try ledger(offer(about: "both"))
        #expect(ledger.facts()[.awaitingGuardian] == 1)
        #expect(ledger.facts()[.requested] == 0)
        ledger.accept(.guardian, at: "consent-1", ["guardian": "@parent-2"])
        #expect(ledger.facts()[.requested] == 1)
        #expect(ledger.facts()[.held] == 0)
    }

    @Test("what was taken back while it waited was held, and never went")
    func takenBackBefore() throws {
        var ledger = try ledger(offer(about: "child"))
        ledger.accept(.withdrawal, at: "consent-1", ["scope": "all"])
        let facts = ledger.facts()
        #expect(facts[.requested] == 0 && facts[.held] == 1 && facts[.awaitingGuardian] == 0)
        #expect(facts[.awaitingConsent] == 1)
    }

    @Test("what was sent and taken back is recalled")
    func takenBackAfter() throws {
        var ledger = try ledger(offer(about: "self"))
        ledger.accept(.delivered, at: "offer-1", [:])
        ledger.accept(.withdrawal, at: "consent-1", ["scope": "all"])
        let facts = ledger.facts()
        #expect(facts[.requested] == 1 && facts[.recalled] == 1)
    }

    @Test("nothing about a protected family goes by itself")
    func restricted() throws {
        let facts = try ledger(offer(about: "self"), restricted: true).facts()
        #expect(facts[.requested] == 0 && facts[.heldRestricted] == 1)
    }

    @Test("a follow-up at the unit is sent to nobody")
    func atTheUnit() throws {
        let facts = try ledger(offer(kind: "bvc-follow-up", about: nil)).facts()
        #expect(facts[.offersAccepted] == 1 && facts[.requested] == 0 && facts[.awaitingConsent] == 0)
    }

    @Test("a question passed over is no answer: two of four are needed where the rule says two")
    func rules() throws {
        let instrument = try Instrument.read(Demonstration.folder)
        #expect(instrument.outcomes(of: ["ps-1": "often"]).isEmpty)
        #expect(instrument.outcomes(of: ["ps-1": "often", "ps-3": "sometimes"]) == ["parental-stress"])
        #expect(instrument.outcomes(of: ["cs-1": "no", "vi-2": "yes"]) == ["child-safety", "violence"])
    }
}
