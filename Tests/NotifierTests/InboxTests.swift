import Events
import Foundation
import HTTPServer
import Runtime
import Store
import Testing

@testable import Notifier

@Suite("The inbox's feed")
struct InboxTests {
    static let manager = Caller(name: "manager", role: .municipalManager, scope: Scope(municipalities: ["2380"]))

    private func read(_ desk: Desk, after cursor: Int64 = 0, by caller: Caller = manager) async throws -> ReadInbox.Page
    {
        let now = desk.clock.now
        return try await desk.store.write { try ReadInbox().read(after: cursor, for: caller, now: now, in: $0) }
    }

    private func numbers(_ page: ReadInbox.Page) -> [String] { page.entries.map(\.data.referenceNumber) }

    @Test("shows what was released, in order, and goes on where it ended")
    func pages() async throws {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply([try Story.unitChanged(), try Story(1).recipientChanged()])
        for number in UInt64(1)...105 {
            try await desk.apply([try Story(number).given(), try Story(number).requested()])
        }
        while try await desk.turn() > 0 {}
        let first = try await read(desk)
        #expect(first.entries.count == 100)
        #expect(first.more)
        let second = try await read(desk, after: try #require(Int64(first.next)))
        #expect(second.entries.count == 5)
        #expect(!second.more)
        #expect(Set(numbers(first) + numbers(second)).count == 105)
        let third = try await read(desk, after: try #require(Int64(second.next)))
        #expect(third == ReadInbox.Page(entries: [], next: second.next, more: false))
    }

    @Test("shows the webhook's id, and the sealed envelope for the recipient to open")
    func entry() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let sealed = SealedEnvelope(certificate: "c", cms: "AA==")
        let story = Story(1)
        try await desk.apply([
            try Story.unitChanged(), try story.recipientChanged(), try story.given(),
            try story.requested(sealed: sealed),
        ])
        try await desk.turn()
        let entry = try #require(try await read(desk).entries.first)
        #expect(entry.id == receiver.received.first?.id)
        #expect(entry.sealed == sealed)
        let audit = try await desk.store.read { scope in
            try scope.all("SELECT action, child FROM audit") { [$0.text(0), try $0.uuid(1).text] }
        }
        #expect(audit == [["inbox.read", story.child.text]])
    }

    @Test("shows nothing before the consent lets an attempt begin, and nothing to others")
    func released() async throws {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        let story = Story(1)
        try await desk.apply([
            try Story.unitChanged(), try story.recipientChanged(), try story.given(complete: false),
            try story.requested(),
        ])
        try await desk.turn()
        #expect(try await read(desk).entries.isEmpty)
        try await desk.apply([try story.given(revision: 2)])
        try await desk.turn()
        #expect(numbers(try await read(desk)) == ["JH-1"])
        for caller in [
            Caller(name: "a", role: .municipalManager, scope: Scope(municipalities: ["2321"])),
            Caller(name: "b", role: .socialWorker, scope: Scope(municipalities: ["2380"])),
            Caller(name: "c", role: .municipalManager, scope: .region),
        ] { #expect(try await read(desk, by: caller).entries.isEmpty) }
    }

    @Test("whoever saw a notice there is told of its recall, although no webhook got through")
    func seenThenRecalled() async throws {
        let receiver = ScriptedReceiver { received in
            received.notice?.type == "referral.requested" ? .down() : .taken
        }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        try await desk.turn()
        let before = try await read(desk)
        #expect(before.entries.map(\.type) == ["referral.requested"])
        try await desk.apply([try story.withdrawn()])
        desk.clock.move(.seconds(60))
        try await desk.turn()
        #expect(try await read(desk).entries.map(\.type) == ["referral.recalled"], "the request is shown no more")
        #expect(receiver.received.last?.notice?.type == "referral.recalled")
    }

    @Test("a family whose withdrawal may be parked isn't shown until it has been dealt with, and keeps nobody waiting")
    func parkedWithdrawal() async throws {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        let (first, second) = (Story(1), Story(2))
        try await desk.apply([
            try Story.unitChanged(), try first.recipientChanged(), try first.given(), try first.requested(),
            try second.given(), try second.requested(),
        ])
        try await desk.turn()
        var unreadable = try first.withdrawn()
        unreadable.value = Array("{}".utf8)
        await #expect(throws: Desk.Parked.self) { try await desk.apply([unreadable]) }

        let before = try await read(desk)
        #expect(numbers(before) == ["JH-2"] && !before.more)
        let audited = try await desk.store.read { try $0.count("SELECT count(*) FROM audit") }
        #expect(audited == 1, "what isn't shown isn't read")
        let cursor = try #require(Int64(before.next))
        let again = try await read(desk, after: cursor)
        #expect(again.entries.isEmpty && !again.more)

        try await desk.store.write { _ = try $0.execute("DELETE FROM parked") }
        let after = try await read(desk, after: try #require(Int64(again.next)))
        #expect(numbers(after) == ["JH-1"])
    }

    @Test("a page of nothing but such families is an end, and each is shown once its record has been dealt with")
    func allParked() async throws {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply([try Story.unitChanged(), try Story(1).recipientChanged()])
        for number in UInt64(1)...103 {
            try await desk.apply([try Story(number).given(), try Story(number).requested()])
        }
        while try await desk.turn() > 0 {}
        for number in UInt64(1)...103 {
            var unreadable = try Story(number).withdrawn()
            unreadable.value = Array("{}".utf8)
            await #expect(throws: Desk.Parked.self) { try await desk.apply([unreadable]) }
        }
        for _ in 0..<3 {
            let page = try await read(desk)
            #expect(page == ReadInbox.Page(entries: [], next: "0", more: false))
        }
        try await desk.store.write { _ = try $0.execute("DELETE FROM parked") }
        let first = try await read(desk)
        let second = try await read(desk, after: try #require(Int64(first.next)))
        #expect(Set(numbers(first) + numbers(second)).count == 103)
    }
}
