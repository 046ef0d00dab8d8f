import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Notifier

@Suite("Topics come in any interleaving")
struct InterleavingTests {
    /// The notifier's tables, whole, as text.
    struct FinalState: Equatable, Sendable {
        let rows: [String]

        static func read(_ desk: Desk) async throws -> FinalState {
            try await desk.store.read { scope in
                var rows = try scope.all("SELECT hex(consent), given, complete, withdrawn_at FROM consent ORDER BY 1") {
                    "consent \($0.text(0)) \($0.int(1)) \($0.int(2)) \($0.text(3))"
                }
                rows += try scope.all("SELECT hex(referral), standing FROM standing ORDER BY 1") {
                    "standing \($0.text(0)) \($0.text(1))"
                }
                rows += try scope.all(
                    "SELECT hex(referral), notice, state, due, attempts, recipient FROM delivery ORDER BY 1, 2"
                ) { "delivery \($0.text(0)) \($0.text(1)) \($0.text(2)) \($0.int(3)) \($0.int(4)) \($0.text(5))" }
                return FinalState(rows: rows)
            }
        }
    }

    /// The records of some families, by topic in the order of their logs.
    static func logs() throws -> [[Story.Record]] {
        let stories = (1...6).map { Story($0) }
        let consents = try stories.enumerated().flatMap { index, story -> [Story.Record] in
            switch index {
            case 0: [try story.given()]
            case 1: [try story.given(complete: false), try story.given(revision: 2)]
            case 2: [try story.given(complete: false), try story.withdrawn()]
            case 3: [try story.given(), try story.withdrawn()]
            case 4: [try story.given(), try story.withdrawn(.feedback)]
            default: []
            }
        }
        let referrals = try stories.enumerated().flatMap { index, story -> [Story.Record] in
            let requested = try story.requested()
            return switch index {
            case 3: [requested, try story.changed(to: .cancelled, closing: .consentWithdrawn)]
            case 4: [requested, try story.changed(to: .accepted), try story.changed(to: .completed, revision: 2)]
            default: [requested]
            }
        }
        return [consents, referrals, [try stories[0].recipientChanged()], [try Story.unitChanged()]]
    }

    static func interleaved(_ logs: [[Story.Record]], by generator: inout SeededGenerator) -> [Story.Record] {
        var rest = logs.map { ArraySlice($0) }
        var all: [Story.Record] = []
        while let log = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &generator) {
            all.append(rest[log].removeFirst())
        }
        return all
    }

    @Test("and the store is the same in the end", arguments: 0..<40 as Range<UInt64>)
    func sameStore(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let expected = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await expected.apply(try Self.logs().flatMap { $0 })
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply(Self.interleaved(try Self.logs(), by: &generator))
        #expect(try await FinalState.read(desk) == FinalState.read(expected), "seed \(seed)")
    }

    /// With attempts in between, what was delivered depends on when; what may be sent doesn't.
    @Test("and with attempts in between nothing is sent without consent", arguments: 0..<40 as Range<UInt64>)
    func neverWithoutConsent(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        for record in Self.interleaved(try Self.logs(), by: &generator) {
            let before = receiver.received.count
            try await desk.apply([record])
            if Bool.random(using: &generator) { try await desk.turn() }
            for sent in receiver.received[before...] where sent.notice?.type == "referral.requested" {
                let referral = try #require(sent.notice.flatMap { ReferralID($0.data.referral) })
                let dossier = try await desk.store.read { try DeliveryTable.dossier(of: referral, in: $0) }
                #expect(dossier?.isOver == false, "seed \(seed)")
                #expect(dossier?.consent?.given?.complete == true, "seed \(seed)")
            }
        }
        for _ in 0..<4 { try await desk.turn() }
        let states = try await withStates(desk)
        #expect(states[0] == .delivered, "seed \(seed)")
        #expect(states[1] == .delivered, "seed \(seed)")
        #expect(states[2] == .stopped, "seed \(seed)")
        #expect(states[5] == .waiting, "seed \(seed)")
        let recalled = receiver.received.filter { $0.notice?.type == "referral.recalled" }
        let toldFirst = Set(receiver.received.filter { $0.notice?.type == "referral.requested" }.map(\.id))
        #expect(recalled.count == (states[3] == .delivered ? 1 : 0), "seed \(seed)")
        #expect(toldFirst.count == receiver.received.count - recalled.count, "each once; seed \(seed)")
    }

    private func withStates(_ desk: Desk) async throws -> [PlannedDelivery.State?] {
        var states: [PlannedDelivery.State?] = []
        for number in 1...6 { states.append(try await desk.state(of: Story(UInt64(number)))) }
        return states
    }
}
