import Delivery
import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Notifier

/// A notifier killed at any named point and restarted ends in the state of an uninterrupted run, and each municipality
/// has been told of each referral, under one id however often.
@Suite("The notifier, killed and restarted", .serialized)
struct NotifierCrashTests {
    static let referrals = 30
    static let points = (DeliveryFaultPoints.all + NotifierService.definition.faultPoints).map(\.name)
    static let recovering = DeliveryFaultPoints.recovering.map(\.name)

    /// Run once, compared with all.
    static let uninterrupted = Task { try await run(faults: [], on: .mock()) }

    @Test("lists its own fault points beside Delivery's")
    func listed() async throws {
        let service = try NotifierProcess(bootstrapServers: "127.0.0.1:1", recipient: "r", url: "http://127.0.0.1:1")
        let lines = try await service.service.command("fault-points").lines
        #expect(lines.sorted() == (Self.points + Self.recovering).sorted())
    }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: points)
    func killedAt(point: String) async throws {
        let uninterrupted = try await Self.uninterrupted.value
        let interrupted = try await Self.run(faults: Self.twice(point), on: .mock())
        #expect(interrupted == uninterrupted)
    }

    /// A start passes its own points once, the others again and again.
    static func twice(_ point: String) -> [String] {
        ["\(point):1", "\(point):\(point.hasPrefix("opening.") ? 1 : 2)"]
    }

    /// What a run must come to.
    struct FinalState: Equatable, Sendable {
        let counts: [String: Int]
        /// The distinct webhook ids that the receiver saw, with their distinct bodies.
        let told: [String: Set<[UInt8]>]
        /// The distinct events by id: which delivery, at which attempt.
        let said: [String: String]
    }

    static func run(faults: [String], on broker: TestBroker) async throws -> FinalState {
        // It takes its time, so that deliveries end one after the other and every point is reached twice.
        let receiver = try ScriptedServer { _, connection in
            Thread.sleep(forTimeInterval: 0.02)
            connection.answer("204 No Content")
        }
        let recipient = Story(1).recipient
        let notifier = try NotifierProcess(
            bootstrapServers: broker.servers, prefix: broker.prefix, recipient: recipient, url: receiver.url)
        var records = [try Story.unitChanged(), try Story(1).recipientChanged()]
        for number in 1...UInt64(referrals) {
            records += [try Story(number).given(), try Story(number).requested()]
        }
        // One more, withdrawn before anybody could be told.
        let withdrawn = Story(UInt64(referrals) + 1)
        records += [try withdrawn.given(), try withdrawn.withdrawn(), try withdrawn.requested()]
        try await broker.publish(records.map(\.outgoing))
        for fault in faults {
            try notifier.service.start(["FAULT_POINT": fault])
            #expect(try await notifier.service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
        }
        try notifier.service.start()
        let counts = try await notifier.service.counts {
            $0["deliveries.delivered"] == referrals && $0["said.notification.delivered"] == referrals
                && $0["deliveries.withdrawn-before"] == 1
        }
        let events = try await broker.read(.notifications) { $0.count >= referrals }
        #expect(try await notifier.stop() == .exited(0))
        let told = Dictionary(grouping: receiver.received) { $0.header("webhook-id") ?? "" }
            .mapValues { Set($0.map(\.body)) }
        #expect(told.count == referrals, "as many ids as referrals")
        #expect(told.values.allSatisfy { $0.count == 1 }, "an id says the same every time")
        let said = try events.mapValues { bytes in
            let body = try EventCodec.decode(Event<NotificationDelivered>.self, from: bytes).body
            return "\(body.delivery.text) \(body.attempt)"
        }
        return FinalState(counts: counts, told: told, said: said)
    }
}
