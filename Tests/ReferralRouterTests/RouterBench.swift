import Events
import Foundation
import Kafka
import Runtime
import Store
import Support

@testable import Delivery
@testable import ReferralRouter

extension Family {
    func key(offer since: Int, accepted: Int, consent number: UInt64, given: Int) -> ReferralKey {
        ReferralKey(
            offer: offer, offerSince: since, acceptedSince: accepted, consent: consent(number), consentSince: given,
            listedSince: 1)
    }
}

extension Recipients {
    /// Two functions of Östersund, one of each kind.
    static let ofTests = Recipients(
        lists: [ContactListPublished(municipality: "2380", version: "7", sha256: "", entries: [])],
        recipients: [
            RecipientChanged(
                recipient: Family.therapist, municipality: "2380", kind: .familyTherapist, staff: [], channels: []),
            RecipientChanged(
                recipient: Family.socialWorker, municipality: "2380", kind: .socialWorker, staff: [], channels: []),
        ])
}

/// The router's handler on a real store, fed with records as the worker would.
struct RouterBench: Sendable {
    let temporary: TemporaryStore
    private let applier: Applier<RouteOffers>
    private let outbox: Outbox
    static let now = Timestamp(milliseconds: 1_800_000_000_000)

    var store: Store { temporary.store }

    init(recipients: Recipients = .ofTests) async throws {
        let definition = ReferralRouterService.definition
        temporary = try await TemporaryStore(migrations: definition.allMigrations)
        outbox = Outbox(service: .referralRouter, region: "23")
        applier = Applier(
            service: .referralRouter, handler: RouteOffers(recipients: recipients), outbox: outbox,
            inHand: try InHand(path: temporary.directory.file("in-hand")))
        _ = try await store.write { try StoreIdentity.load(place: "test", ids: .system, in: $0) }
    }

    /// Applies records in this order, in one transaction. `check` sees the store after each.
    func apply(
        _ records: [TestRecord], check: @escaping @Sendable (Int, ReadScope) throws -> Void = { _, _ in }
    ) async throws {
        let applier = self.applier
        try await store.write { transaction in
            for (index, record) in records.enumerated() {
                let applied = try applier.apply(
                    record.consumed(offset: Int64(index)), on: record.topic, deaths: 0, now: Self.now,
                    in: transaction)
                guard applied == .done || applied == .repeated else { throw Unexpected(applied: applied) }
                try check(index, transaction)
            }
        }
    }

    struct Unexpected: Error {
        let applied: Applied
    }

    /// A row of the outbox.
    struct Said: Sendable, Equatable {
        let type: String
        let subject: String
        let revision: Int
        let value: [UInt8]
        /// The record that it followed from.
        var causation: UUID?

        func decoded<Body: EventBody>(_ body: Body.Type = Body.self) throws -> Event<Body> {
            try EventCodec.decode(Event<Body>.self, from: value)
        }
    }

    /// What was said, in order.
    func said() async throws -> [Said] { try await store.read(Self.said) }

    static func said(in scope: ReadScope) throws -> [Said] {
        try scope.all("SELECT type, subject, revision, value, causation FROM outbox ORDER BY seq") {
            Said(
                type: $0.text(0), subject: $0.text(1), revision: $0.int(2), value: $0.blob(3),
                causation: try $0.uuidIfAny(4))
        }
    }

    func requested() async throws -> [ReferralRequested] {
        try await said().filter { $0.type == "referral.requested" }.map { try $0.decoded().body }
    }

    func changed() async throws -> [ReferralChanged] {
        try await said().filter { $0.type == "referral.changed" }.map { try $0.decoded().body }
    }

    func held() async throws -> [ReferralHeld] {
        try await said().filter { $0.type == "referral.held" }.map { try $0.decoded().body }
    }

    /// The last state of a referral that was told, and how it was closed.
    func ending(of referral: ReferralID) async throws -> String {
        let last = try await changed().last { $0.referral == referral }
        return "\(last?.to ?? .requested) \(last?.closing?.rawValue ?? "")"
    }

    func standing(_ offer: OfferID) async throws -> String? {
        try await store.read { try OfferTable.find(offer, in: $0)?.standing }
    }

    func counts() async throws -> [String: Int] {
        let counts = try await store.read { try RouterCounts.read($0) }
        return Dictionary(counts.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Assesses the offers without recipient anew, as a start with another file does.
    func restart(with recipients: Recipients) async throws {
        let time = Self.now
        let cause = Cause(trigger: .write(UUID(high: 7, low: 7, version: 7)), time: time, traceparent: nil)
        try await ReassessUnplaced(recipients: recipients, outbox: outbox, cause: cause, now: time).run(in: store)
    }
}
