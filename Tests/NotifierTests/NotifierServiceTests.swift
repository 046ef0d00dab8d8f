import Events
import Foundation
import HTTPClient
import Runtime
import Support
import Testing

@testable import Notifier

/// The whole notifier between a broker, a municipality and an operator.
@Suite("The notifier as a process", .serialized)
struct NotifierServiceTests {
    @Test("from the referral to the municipality's answer, and its recall")
    func chain() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let servers = cluster.bootstrapServers
        let receiver = try ScriptedServer { _, connection in connection.answer() }
        let story = Story(1)
        let notifier = try NotifierProcess(bootstrapServers: servers, recipient: story.recipient, url: receiver.url)
        try await TopicTraffic.publish(try story.whole().map(\.outgoing), to: servers)
        try notifier.service.start()
        try await notifier.service.counts { $0["deliveries.delivered"] == 1 }
        #expect(try await notifier.answer(story.referral.text, #"{"answer":"accepted"}"#).status == 200)
        #expect(try await notifier.answer(Story(2).referral.text, #"{"answer":"accepted"}"#).status == 403)
        try await TopicTraffic.publish([try story.withdrawn().outgoing], to: servers)
        try await notifier.service.counts { $0["recalls.delivered"] == 1 }
        #expect(try await notifier.answer(story.referral.text, #"{"answer":"done"}"#).status == 409)
        let events = try await TopicTraffic.read(.notifications, from: servers) { $0.count >= 2 }
        #expect(events.count == 2, "delivered and answered")
        #expect(receiver.received.count == 2)
        #expect(try await notifier.service.get("/readyz").status == 200)
        #expect(try await notifier.service.command("audit", "verify").code == 0)
        #expect(try await notifier.stop() == .exited(0))
    }

    @Test("cut off from the broker for more than a minute, begins no attempt", .timeLimit(.minutes(3)))
    func cutOff() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let servers = cluster.bootstrapServers
        let down = try ScriptedServer { _, connection in connection.answer("503 Service Unavailable") }
        let story = Story(1)
        let notifier = try NotifierProcess(
            bootstrapServers: servers, recipient: story.recipient, url: down.url, schedule: "0,66,1,1")
        try await TopicTraffic.publish(try story.whole().map(\.outgoing), to: servers)
        try notifier.service.start()
        try await notifier.service.counts { $0["attempts.made"] == 1 }
        // With the longest jitter.
        let secondIsDue = ContinuousClock.now + .seconds(80)
        try await cluster.setDown()
        try await notifier.service.eventually("the view to grow old", within: .seconds(90)) {
            let metrics = String(decoding: try await notifier.service.get("/metrics").body, as: UTF8.self)
            return metrics.contains("notifier_view_fresh 0")
        }
        try await Task.sleep(until: secondIsDue)
        #expect(down.received.count == 1, "the second is due and not begun")
        #expect(try await notifier.service.get("/readyz").status == 200)
        try await cluster.setUp()
        try await notifier.service.counts(within: .seconds(60)) { $0["attempts.made", default: 0] > 1 }
        #expect(try await notifier.stop() == .exited(0))
    }

    @Test("names and identity numbers that were planted are in no log, metric or answer")
    func planted() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let servers = cluster.bootstrapServers
        let receiver = try ScriptedServer { _, connection in connection.answer() }
        let story = Story(1)
        let notifier = try NotifierProcess(bootstrapServers: servers, recipient: story.recipient, url: receiver.url)
        try await TopicTraffic.publish(try story.whole().map(\.outgoing), to: servers)
        try notifier.service.start()
        try await notifier.service.counts { $0["deliveries.delivered"] == 1 }
        let planted = ["Anna Planterad", "20200101-1234"]
        var seen = ""
        for text in planted {
            for body in [#"{"answer":"\#(text)"}"#, #"{"answer":"accepted","note":"\#(text)"}"#, text] {
                seen += String(decoding: try await notifier.answer(story.referral.text, body).body, as: UTF8.self)
            }
        }
        seen += String(decoding: try await notifier.service.get("/metrics").body, as: UTF8.self)
        seen += notifier.service.log.joined(separator: "\n")
        for text in planted + [story.child.text, WebhookSignatureTests.secretText, NotifierProcess.token] {
            #expect(!seen.contains(text))
        }
        #expect(try await notifier.stop() == .exited(0))
    }
}
