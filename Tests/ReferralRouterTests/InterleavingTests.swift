import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import ReferralRouter

/// Four topics read in any interleaving lead to the same state, and what must never be said never is.
@Suite("Interleavings of the topics")
struct InterleavingTests {
    static let interleavings: UInt64 = 6

    @Test(
        "whatever happened, where the offer stands is the same, and no referral goes without its reasons",
        arguments: UInt64(1)...120)
    func wild(seed: UInt64) async throws {
        let history = try await History.wild(seed: seed)
        var first: Picture?
        var endings: [String: String] = [:]
        for interleaving in 0..<Self.interleavings {
            let records = history.interleaving(interleaving)
            let bench = try await RouterBench()
            try await bench.apply(records) { index, scope in
                try Rules.check(after: records.prefix(index + 1), scope, "seed \(seed), interleaving \(interleaving)")
            }
            let picture = try await Picture.of(bench)
            #expect(picture == first ?? picture, "seed \(seed), interleaving \(interleaving)")
            first = picture
            // A referral that was sent ends in the same way wherever it was sent.
            for changed in try await bench.changed() where changed.to.isFinal {
                let ending = try await bench.ending(of: changed.referral)
                let known = endings.updateValue(ending, forKey: changed.referral.text)
                #expect(ending == known ?? ending, "seed \(seed), interleaving \(interleaving)")
            }
        }
    }

    @Test("when nothing is taken back, exactly the same is said, word for word", arguments: UInt64(1)...30)
    func plain(seed: UInt64) async throws {
        let history = try await History.plain(seed: seed)
        var first: [String: [UInt8]]?
        for interleaving in 0..<Self.interleavings {
            let bench = try await RouterBench()
            try await bench.apply(history.interleaving(interleaving))
            let said = try await bench.said().filter { $0.type != "referral.held" }
            let facts = Dictionary(said.map { ("\($0.type)/\($0.subject)/\($0.revision)", $0.value) }) { $1 }
            #expect(facts.count == said.count)
            #expect(facts.keys.contains { $0.hasPrefix("referral.requested") })
            #expect(facts == first ?? facts, "seed \(seed), interleaving \(interleaving)")
            first = facts
        }
    }
}

/// Where everything stands at the end, without the way there: a referral that was sent and taken back stands as one
/// that never was.
struct Picture: Equatable {
    let histories: [String]
    let standing: [String]
    /// The referrals that go on, as their readers know them.
    let going: [String]
    let held: [String]

    static func of(_ bench: RouterBench) async throws -> Picture {
        let said = try await bench.said()
        return try await bench.store.read { scope in
            let offers = try scope.all("SELECT offer FROM offer ORDER BY offer") { OfferID(try $0.uuid(0)) }
            let child = try scope.first("SELECT child FROM offer") { ChildID(try $0.uuid(0)) }
            let cases = try offers.map { try OfferCases.load($0, of: child ?? ChildID(UUID()), from: scope) }
            let going = cases.flatMap { known in
                known.referrals.filter { referral in referral.key.map { known.ending(of: $0) == nil } ?? false }
            }
            return Picture(
                histories: try scope.all("SELECT given || withdrawals FROM consent ORDER BY consent") { $0.text(0) }
                    + scope.all("SELECT made || decided FROM offer ORDER BY offer") { $0.text(0) }
                    + scope.all("SELECT listed FROM listing ORDER BY child") { $0.text(0) },
                standing: cases.map(\.file.standing), going: try going.map { try told($0, by: said) },
                held: cases.compactMap { $0.held }.filter(\.isStanding).map {
                    "\($0.reason.rawValue) \($0.taskFor.rawValue)"
                })
        }
    }

    /// A referral as it was requested, and its last state.
    private static func told(_ referral: SaidReferral, by said: [RouterBench.Said]) throws -> String {
        let own = said.filter { $0.subject == referral.referral.text }
        let requested = own.filter { $0.type == "referral.requested" }
        #expect(requested.count == 1)
        let changed = try own.last { $0.type == "referral.changed" }.map { try $0.decoded(ReferralChanged.self).body }
        let state = "\(changed?.to ?? .requested) \(changed?.closing?.rawValue ?? "")"
        return String(decoding: requested.first?.value ?? [], as: UTF8.self) + " " + state
    }
}

/// What must hold after every single record, worked out from the records alone.
enum Rules {
    static func check(after read: ArraySlice<TestRecord>, _ scope: ReadScope, _ comment: String) throws {
        let said = try RouterBench.said(in: scope)
        let requested = said.filter { $0.type == "referral.requested" }
        let ended = try Set(
            said.filter { $0.type == "referral.changed" }
                .filter { try $0.decoded(ReferralChanged.self).body.to.isFinal }.map(\.subject))
        let open = requested.filter { !ended.contains($0.subject) }
        #expect(open.count <= 1, "two open referrals for an offer: \(comment)")
        let held = said.filter { $0.type == "referral.held" }
        for (list, name) in [(requested, "requested"), (held, "held")] {
            #expect(Set(list.map { "\($0.subject) \($0.revision)" }).count == list.count, "\(name) twice: \(comment)")
        }
        // What goes on, and what was said just now even if it was taken back in the same breath.
        let now = requested.filter { $0.causation == read.last?.envelope.id }
        for said in open + now {
            let referral = try said.decoded(ReferralRequested.self).body
            #expect(try isAccepted(read), "without acceptance: \(comment)")
            #expect(try isConsented(referral, read), "without consent: \(comment)")
            #expect(!(try isProtected(read)), "of a protected family: \(comment)")
        }
    }

    private static func all<Body: EventBody>(
        _ body: Body.Type, _ read: ArraySlice<TestRecord>
    ) throws -> [Event<Body>] {
        try read.filter { $0.envelope.eventType == Body.type }.map { try EventCodec.decode(from: $0.value) }
    }

    private static func isAccepted(_ read: ArraySlice<TestRecord>) throws -> Bool {
        try all(SupportOfferDecided.self, read).last?.body.decision == .accepted
    }

    private static func isConsented(_ referral: ReferralRequested, _ read: ArraySlice<TestRecord>) throws -> Bool {
        let consent = try all(ConsentGiven.self, read).last { $0.body.consent == referral.consent }?.body
        let withdrawn = try all(ConsentWithdrawn.self, read).contains {
            $0.body.consent == referral.consent && $0.body.scope == .all
        }
        let offer = try all(SupportOfferMade.self, read).last?.body
        return consent?.complete == true && consent?.recipient == referral.recipient && !withdrawn
            && offer?.recipient == referral.recipient && offer?.kind == referral.kind
    }

    private static func isProtected(_ read: ArraySlice<TestRecord>) throws -> Bool {
        let listed = try all(ChildListed.self, read).last?.common.restricted ?? true
        let offered = try all(SupportOfferMade.self, read).last?.common.restricted ?? true
        return listed || offered
    }
}
