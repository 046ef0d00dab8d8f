import Cryptography
import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Synchronization
import Telemetry

@testable import Delivery
@testable import Notifier

/// A clock that a test moves.
final class HandClock: Sendable {
    private let instant: Mutex<Timestamp>

    init(_ start: Timestamp) { instant = Mutex(start) }

    var now: Timestamp { instant.withLock { $0 } }
    var source: TimeSource { TimeSource { self.now } }

    func move(_ duration: Duration) { instant.withLock { $0 = $0 + duration } }
    func move(to time: Timestamp) { instant.withLock { $0 = max($0, time) } }
}

/// The recipients' systems as a test scripts them.
final class ScriptedReceiver: WebhookSender {
    struct Received: Sendable, Equatable {
        let id: String
        let url: String
        let body: [UInt8]
        let timestamp: String

        var notice: NoticeBody? { try? JSONDecoder().decode(NoticeBody.self, from: Data(body)) }
    }

    private let all = Mutex<[Received]>([])
    private let answer: @Sendable (Received) async -> AttemptResult

    init(_ answer: @escaping @Sendable (Received) async -> AttemptResult) { self.answer = answer }

    /// Everything that was sent, in its order.
    var received: [Received] { all.withLock { $0 } }

    func send(_ body: [UInt8], signed signature: WebhookSignature, to url: String) async -> AttemptResult {
        let received = Received(id: signature.id, url: url, body: body, timestamp: signature.timestamp)
        all.withLock { $0.append(received) }
        return await answer(received)
    }
}

extension AttemptResult {
    static func down(_ name: String = "status-503", mayHaveArrived: Bool = false) -> AttemptResult {
        .failed(
            .init(errorClass: .serverError, mayHaveArrived: mayHaveArrived, isReceiverDown: true, name: name))
    }
}

/// The notifier without broker and network: its handler behind Delivery's applier, its courier, a real store.
struct Desk: Sendable {
    let temporary: TemporaryStore
    let clock: HandClock
    let courier: Courier
    let applier: Applier<FollowReferrals>
    let outbox = Outbox(service: .notifier, region: "23")

    var store: Store { temporary.store }

    static let secret = WebhookSecret("whsec_" + Data(repeating: 7, count: 32).base64EncodedString())

    init(
        recipients: [String] = ["familjebehandlare-2380"], schedule: RetrySchedule = .standard,
        limits: Lanes.Limits = Lanes.Limits(), viewIsFresh: @escaping @Sendable (Timestamp) -> Bool = { _ in true },
        receiver: any WebhookSender
    ) async throws {
        temporary = try await TemporaryStore(migrations: NotifierService.definition.allMigrations)
        clock = HandClock(Story.start + .seconds(100))
        let endpoints = Dictionary(
            uniqueKeysWithValues: recipients.map { recipient in
                (recipient, Endpoint(url: "https://\(recipient).example/hook", secrets: [Self.secret!]))
            })
        let jitter: @Sendable () -> Double = { 0.5 }
        let outcome = AttemptOutcome(schedule: schedule, outbox: outbox, endpoints: endpoints, jitter: jitter)
        courier = Courier(
            store: temporary.store, endpoints: endpoints,
            beginning: AttemptBeginning(endpoints: endpoints, outcome: outcome, viewIsFresh: viewIsFresh),
            outcome: outcome, sender: receiver, lanes: Lanes(limits: limits), time: clock.source, jitter: jitter,
            logger: Logger(service: "test", version: "1", level: .error, time: clock.source) { _ in },
            metrics: CourierMetrics(MetricsRegistry()))
        applier = Applier(
            service: .notifier, handler: FollowReferrals(), outbox: outbox,
            inHand: try InHand(path: temporary.directory.file("in-hand")))
        _ = try await temporary.store.write { try StoreIdentity.load(place: "test", ids: .system, in: $0) }
    }

    /// Applies records in their order, each in a transaction of its own.
    func apply(_ records: [Story.Record]) async throws {
        for record in records {
            let (applier, now) = (self.applier, clock.now)
            let applied = try await store.write {
                try applier.apply(record.consumed(at: 0), on: record.topic, deaths: 0, now: now, in: $0)
            }
            if case .parked(let state) = applied { throw Parked(state: state) }
        }
    }

    struct Parked: Error { let state: ParkedState }

    /// Begins what is due and brings it to its end.
    @discardableResult
    func turn() async throws -> Int {
        let attempts = try await courier.turn()
        let courier = self.courier
        try await withThrowingDiscardingTaskGroup { group in
            for attempt in attempts { group.addTask { try await courier.perform(attempt, until: StopSignal()) } }
        }
        return attempts.count
    }

    /// Lets time pass in steps, with a turn at each.
    func pass(_ duration: Duration, step: Duration) async throws {
        let end = clock.now + duration
        while clock.now < end {
            try await turn()
            clock.move(step)
        }
        try await turn()
    }

    /// The state of a notice; nil when there is none.
    func state(_ notice: Notice = .requested, of story: Story) async throws -> PlannedDelivery.State? {
        try await store.read { try DeliveryTable.find(notice, of: story.referral, in: $0)?.state }
    }

    func heldBy(_ story: Story) async throws -> String? {
        try await store.read { scope in
            try scope.first("SELECT held_by FROM delivery WHERE referral = ?", .uuid(story.referral.uuid)) {
                $0.textIfAny(0)
            } ?? nil
        }
    }

    func counts() async throws -> [String: Int] {
        let all = try await store.read { try NotifierCounts.read($0) }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.value) })
    }

    /// What was said, in its order.
    func said() async throws -> [String] {
        try await store.read { try $0.all("SELECT type FROM outbox ORDER BY seq") { $0.text(0) } }
    }

    /// The events of a type that were said.
    func events<Body: EventBody>(_ body: Body.Type) async throws -> [Event<Body>] {
        try await store.read { scope in
            try scope.all("SELECT value FROM outbox WHERE type = ? ORDER BY seq", .text(Body.type.name)) {
                try EventCodec.decode(Event<Body>.self, from: $0.blob(0))
            }
        }
    }
}
