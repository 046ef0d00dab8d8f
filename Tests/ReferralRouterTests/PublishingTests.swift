import Delivery
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import ReferralRouter

/// What the file holds is published once for each content.
@Suite("Publishing contact lists")
struct PublishingTests {
    static func publish(_ text: String, on bench: RouterBench) async throws {
        let file = try ContactListsFile(bytes: Array(text.utf8), path: "lists.json")
        let cause = Cause(
            trigger: .write(UUID(high: UInt64.random(in: 0 ... .max), low: 1, version: 7)), time: RouterBench.now,
            traceparent: nil)
        let outbox = Outbox(service: .referralRouter, region: "23")
        try await bench.store.write { transaction in
            try PublishContactLists(file: file, region: "23")
                .publish(to: outbox, because: cause, now: RouterBench.now, in: transaction)
        }
    }

    static func text(phone: String, service: String = "s") -> String {
        ContactListsFileTests.file(
            entries: """
                {"id": "a", "kind": "civil", "name": "n", "service": "\(service)", "factors": [], "languages": [],
                 "howToReach": "h"}
                """,
            recipients: """
                {"recipient": "x", "kind": "familyTherapist", "channels": [{"kind": "inbox"}],
                 "staff": [{"displayName": "Kim Påhittad", "phone": "\(phone)", "hours": "8–16"}]}
                """)
    }

    @Test("once for a content, and the next revision for another")
    func revisions() async throws {
        let bench = try await RouterBench()
        try await Self.publish(Self.text(phone: "1"), on: bench)
        try await Self.publish(Self.text(phone: "1"), on: bench)
        try await Self.publish(Self.text(phone: "2"), on: bench)
        let said = try await bench.said().map { "\($0.type) \($0.subject) \($0.revision)" }
        #expect(said == ["contact-list.published 2380 1", "recipient.changed x 1", "recipient.changed x 2"])
        try await Self.publish(Self.text(phone: "2", service: "t"), on: bench)
        let last = try #require(try await bench.said().last)
        #expect(last.type == "contact-list.published" && last.revision == 2)
        let event = try EventCodec.decode(Event<ContactListPublished>.self, from: last.value)
        #expect(event.common.synthetic && event.body.sha256.count == 64)
        let counts = try await bench.counts()
        #expect(counts["contact-lists"] == 1 && counts["recipients"] == 1)
    }
}
