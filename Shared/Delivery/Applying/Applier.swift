internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store

/// What became of a record.
enum Applied: Sendable, Equatable {
    case done
    /// An id or a revision that was applied before.
    case repeated
    case parked(ParkedState)
}

/// Undoes the whole batch, which is tried again after a pause.
struct TryLater: Error {
    let reason: String
}

/// Undoes the whole batch, which is applied again with a savepoint around each record.
struct NeedsIsolation: Error {}

/// Applies one record inside the caller's transaction: inbox, natural key, handler, outbox; or parks it.
///
/// The worker, a redrive and a release all come through here, so that a record fares the same by whichever way.
struct Applier<Handler: RecordHandler>: Sendable {
    let service: ServiceName
    let handler: Handler
    let outbox: Outbox
    let inHand: InHand
    /// Whether each record is applied in a savepoint of its own. SQLite then copies every page that a record changes;
    /// a batch of which nothing is parked can do without, and the others are applied again with them.
    var isolates = true

    /// Leaves the savepoint of a record that is to be parked, undoing what the record had written.
    private struct Unapplied: Error {
        let state: ParkedState
        let reason: String
        var awaiting: AwaitedSubject?
    }

    /// A record straight from the log.
    /// - Parameter someWait: whether any record is parked, so that this one may have to wait behind it.
    func apply(
        _ record: ConsumedRecord, on topic: Topic, deaths: Int, someWait: Bool = true, now: Timestamp,
        in transaction: Transaction
    ) throws -> Applied {
        let place = InHand.Place(
            topic: topic.rawValue, partition: record.topicPartition.partition, offset: record.offset)
        let orderMatters = Catalogue.contract(for: topic).orderMatters(to: service)
        let envelope = Result { try self.envelope(of: record) }
        var parking: Unapplied?
        if orderMatters, someWait,
            try ParkedRecords.isWaiting(key: record.key, on: topic, until: turn(of: envelope), in: transaction)
        {
            parking = Unapplied(state: .behind, reason: "behind-parked")
        } else if deaths >= Deaths.max {
            parking = Unapplied(state: .died, reason: "process-died")
        }
        if parking == nil {
            inHand.take(place)
            DeliveryFaultPoints.inHand.reach()
            do {
                let event = try event(from: record, on: topic, envelope: envelope.get())
                return try handle(event, now: now, in: transaction)
            } catch let unapplied as Unapplied {
                parking = unapplied
            }
        }
        guard let parking else { return .done }
        let known = try? envelope.get()
        // What was applied before waits for nothing, though a record of its key has been parked since.
        if let id = known?.id, try AppliedRecords.contains(id, in: transaction) { return .repeated }
        if try ParkedRecords.holds(record, on: topic, id: known?.id, in: transaction) { return .repeated }
        try ParkedRecords.park(
            record, on: topic, envelope: known, child: child(of: record, on: topic),
            state: parking.state, reason: parking.reason, awaiting: parking.awaiting, turn: turn(of: envelope),
            now: now, in: transaction)
        try notice(parking, of: record, on: topic, envelope: known, now: now, in: transaction)
        return .parked(parking.state)
    }

    /// Its place among parked records of its key.
    private func turn(of envelope: Result<Envelope, any Error>) -> Timestamp {
        guard Handler.letsOlderRecordsGoOn, case .success(let envelope) = envelope else {
            return ParkedRecords.asParked
        }
        return envelope.time
    }

    /// A record that was parked and is ready. When it goes through, whoever comes first of its key then becomes ready.
    func redrive(_ parked: ParkedRecord, deaths: Int, now: Timestamp, in transaction: Transaction) throws -> Applied {
        if deaths >= Deaths.max {
            let died = Unapplied(state: .died, reason: "process-died")
            try ParkedRecords.set(parked.seq, state: died.state, reason: died.reason, awaiting: nil, in: transaction)
            try notice(
                died, of: parked.record, on: parked.topic, envelope: try? envelope(of: parked.record), now: now,
                in: transaction)
            return .parked(.died)
        }
        inHand.take(InHand.Place(topic: "parked", partition: 0, offset: parked.seq))
        do {
            let event = try event(
                from: parked.record, on: parked.topic, envelope: envelope(of: parked.record))
            let applied = try handle(event, now: now, in: transaction)
            try ParkedRecords.remove(parked, in: transaction)
            return applied
        } catch let unapplied as Unapplied {
            try ParkedRecords.set(
                parked.seq, state: unapplied.state, reason: unapplied.reason, awaiting: unapplied.awaiting,
                in: transaction)
            // The same notice again is said once; a record that had waited by itself gets its first.
            try notice(
                unapplied, of: parked.record, on: parked.topic, envelope: try? envelope(of: parked.record), now: now,
                in: transaction)
            return .parked(unapplied.state)
        }
    }

    private func handle(_ event: ReceivedEvent, now: Timestamp, in transaction: Transaction) throws -> Applied {
        guard isolates else {
            do {
                return try applyOnce(event, now: now, in: transaction)
            } catch is Unapplied {
                throw NeedsIsolation()
            }
        }
        return try transaction.savepoint { try applyOnce(event, now: now, in: transaction) }
    }

    private func applyOnce(_ event: ReceivedEvent, now: Timestamp, in transaction: Transaction) throws -> Applied {
        guard try isNew(event, now: now, in: transaction) else { return .repeated }
        do {
            return try decideAndWrite(event, now: now, in: transaction)
        } catch let failure as StoreFailure where failure.decision == .refuse {
            throw Unapplied(state: .refused, reason: "store-refused")
        } catch let error as Unapplied {
            throw error
        } catch let error as TryLater {
            throw error
        } catch let failure as StoreFailure {
            throw failure
        } catch is OutboxRefusal {
            throw Unapplied(state: .refused, reason: "saying-too-large")
        } catch is EventFault {
            throw Unapplied(state: .refused, reason: "value-breaks-schema")
        } catch {
            throw Unapplied(state: .refused, reason: "handler-failed")
        }
    }

    private func decideAndWrite(
        _ event: ReceivedEvent, now: Timestamp, in transaction: Transaction
    ) throws -> Applied {
        guard let input = try handler.decode(event) else { return .done }
        let known = try handler.read(for: input, of: event, from: transaction)
        switch try handler.decide(input, of: event, knowing: known) {
        case .done(let changes, let says, let releases):
            for change in changes { try handler.apply(change, of: event, in: transaction) }
            DeliveryFaultPoints.changed.reach()
            for saying in says {
                try outbox.say(saying, because: Cause(event.envelope), now: now, in: transaction)
            }
            for subject in releases { try ParkedRecords.release(subject, in: transaction) }
            return .done
        case .refuse(let reason): throw Unapplied(state: .refused, reason: reason)
        case .tooEarly(let subject):
            throw Unapplied(state: .early, reason: "subject-not-arrived", awaiting: subject)
        case .tryLater(let reason): throw TryLater(reason: reason)
        }
    }

    /// The two lines against repetition. Both rows go with the savepoint when the record is parked.
    private func isNew(_ event: ReceivedEvent, now: Timestamp, in transaction: Transaction) throws -> Bool {
        let inboxed = try transaction.execute(
            "INSERT INTO inbox (id, day) VALUES (?, ?) ON CONFLICT DO NOTHING", .uuid(event.envelope.id),
            .integer(now.dayNumber))
        guard inboxed == 1 else { return false }
        transaction.tally("inbox", "records", by: 1)
        let revised = try transaction.execute(
            """
            INSERT INTO fact (type, subject, revision, child) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET revision = excluded.revision WHERE excluded.revision > revision
            """,
            .text(event.envelope.type), subjectKey(event.envelope.subject), .int(event.envelope.revision),
            .maybe(event.child?.uuid))
        return revised == 1
    }

    /// Identifiers take 16 bytes instead of 36.
    private func subjectKey(_ subject: String) -> SQLValue {
        if let uuid = UUID(text: subject) { return .uuid(uuid) }
        return .blob(Array(subject.utf8))
    }

    private func envelope(of record: ConsumedRecord) throws -> Envelope {
        do {
            return try record.envelope()
        } catch {
            throw Unapplied(state: .refused, reason: "envelope-malformed")
        }
    }

    private func event(
        from record: ConsumedRecord, on topic: Topic, envelope: Envelope
    ) throws -> ReceivedEvent {
        let contract = Catalogue.contract(for: topic)
        guard contract.knows(ceType: envelope.type, service: service) else {
            throw Unapplied(state: .unknownType, reason: "type-unknown")
        }
        guard let value = record.value else { throw Unapplied(state: .refused, reason: "value-missing") }
        guard (try? envelope.check(key: record.key)) != nil else {
            throw Unapplied(state: .refused, reason: "key-differs-from-partitionkey")
        }
        let child = self.child(of: record, on: topic)
        if contract.keyKind == .child, child == nil { throw Unapplied(state: .refused, reason: "key-is-no-child") }
        return ReceivedEvent(envelope: envelope, topic: topic, value: value, child: child)
    }

    private func child(of record: ConsumedRecord, on topic: Topic) -> ChildID? {
        guard Catalogue.contract(for: topic).keyKind == .child, let key = record.key else { return nil }
        // Upper case reads as the same child, and is another key: another partition, and another line to wait in.
        guard !key.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        return key.withUnsafeBufferPointer(UUID.init(utf8:)).map(ChildID.init)
    }

    /// Tells ops by the dead-letter topic; of records that go on by themselves the log and the counters tell.
    private func notice(
        _ parking: Unapplied, of record: ConsumedRecord, on topic: Topic, envelope: Envelope?, now: Timestamp,
        in transaction: Transaction
    ) throws {
        guard [.refused, .died, .unknownType].contains(parking.state) else { return }
        let notice = DeadLetterNotice(
            topic: topic, partition: record.topicPartition.partition, offset: record.offset,
            event: (envelope?.id).map { EventID($0) }, reason: parking.reason)
        let letter = DeadLetter(service: service, notice: notice, record: record)
        try outbox.say(try letter.saying(), because: letter.cause(), now: now, in: transaction)
    }
}
