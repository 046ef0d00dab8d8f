import Events
import Foundation
import Runtime
import Store
import Telemetry

@testable import Delivery
@testable import Scoring

/// A bench as a store that takes the place of a lost one.
extension CourseBench {
    /// The journal of another bench taken back, as from the topic.
    /// - Parameters:
    ///   - onlyLast: whether retention has left nothing but the last event of each screening.
    ///   - spoil: changes the values on the topic.
    func takeBack(
        from lost: CourseBench, onlyLast: Bool = false, _ spoil: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) async throws {
        let outbox = Outbox(service: .scoring, region: "23")
        let all = try await lost.store.read {
            try outbox.entries(after: 0, rowsMax: 10_000, bytesMax: 1 << 30, from: $0)
        }
        let last = Dictionary(all.map { ($0.envelope.subject, $0.seq) }) { max($0, $1) }
        let entries = onlyLast ? all.filter { last[$0.envelope.subject] == $0.seq } : all
        try await store.write { transaction in
            for entry in entries {
                let value = spoil(entry.value)
                let (envelope, child) = (entry.envelope, entry.envelope.child)
                try transaction.execute(
                    """
                    INSERT INTO outbox
                        (topic, key, child, id, type, subject, revision, time, traceparent, causation, epoch, value)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    .text(entry.topic.rawValue), .text(envelope.partitionKey), .maybe(child?.uuid), .uuid(envelope.id),
                    .text(envelope.eventType?.name ?? ""), .text(envelope.subject), .int(envelope.revision),
                    .time(envelope.time), .maybe(envelope.traceparent), .maybe(envelope.causationID),
                    .int(envelope.epoch), .blob(value))
                try SaidBeforeTable.takeBack(
                    ReceivedEvent(envelope: envelope, topic: entry.topic, value: value, child: child),
                    in: transaction)
            }
        }
    }

    /// What a rebuilt store begins with: an epoch above the lost one's, and a topic whose beginning may be gone.
    func begin(epoch: Int, outcomesBegan: Int64) async throws {
        try await store.write { transaction in
            try transaction.execute("UPDATE identity SET epoch = ?", .int(epoch))
            try transaction.execute(
                "INSERT INTO taken_back (topic, partition, began, next) VALUES (?, 0, ?, ?)",
                .text(Topic.outcomes.name()), .integer(outcomesBegan), .integer(outcomesBegan))
        }
    }

    func settling() -> Settling {
        Settling(
            store: store, outbox: Outbox(service: .scoring, region: "23"), hasCaughtUp: { true },
            time: TimeSource { CourseHistory.now },
            logger: Logger(service: "test", version: "1", level: .error, time: .system) { _ in }, countMax: 3)
    }

    /// Settles to the end of a pass.
    func settle() async throws -> SettlingSlice.Result {
        let settling = settling()
        var (place, all) = (SettlingSlice.Place(), SettlingSlice.Result())
        while let result = try await settling.turn(from: place) {
            all.settled += result.settled
            all.saidAgain += result.saidAgain
            all.skipped += result.skipped
            guard let next = result.next else { break }
            place = next
        }
        return all
    }
}
