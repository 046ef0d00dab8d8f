internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store

/// Applies a batch in one transaction and moves the next offsets by compare-and-set.
struct BatchWriter<Handler: RecordHandler>: Sendable {
    /// What a batch did, for counters.
    struct Tally: Sendable {
        var done = 0
        var repeated = 0
        var parked: [ParkedState: Int] = [:]

        mutating func count(_ applied: Applied) {
            switch applied {
            case .done: done += 1
            case .repeated: repeated += 1
            case .parked(let state): parked[state, default: 0] += 1
            }
        }
    }

    /// How far a batch has come in one partition.
    private struct ReadPartition {
        let place: TopicPartition
        let topic: Topic
        let isReference: Bool
        /// The next offset in the store.
        var written: Int64
        /// The next offset after the last record applied.
        var next: Int64
        /// The last record applied from here.
        var last: ConsumedRecord?

        init(_ place: TopicPartition, _ topic: Topic, next: Int64) {
            self.place = place
            self.topic = topic
            isReference = Catalogue.contract(for: topic).retention == .compacted
            (written, self.next) = (next, next)
        }
    }

    var applier: Applier<Handler>
    let names: TopicNames
    let redriveRecordsMax: Int

    /// The same writer for batches of which nothing is expected to be parked.
    var withoutIsolation: BatchWriter {
        var writer = self
        writer.applier.isolates = false
        return writer
    }

    /// Applies `records`, which are in offset order per partition.
    /// - Parameter next: this worker's own view of the next offsets.
    /// - Returns: the new next offsets of the partitions that moved.
    /// - Throws: `NeedsIsolation` from a writer without; then the transaction must be undone.
    func write(
        _ records: [ConsumedRecord], next: [TopicPartition: Int64], suspects: [InHand.Place: Int], now: Timestamp,
        in transaction: Transaction
    ) throws -> (moved: [TopicPartition: Int64], tally: Tally) {
        var tally = Tally()
        var read: [ReadPartition] = []
        var current = 0
        let someWaited = try ParkedRecords.exist(in: transaction)
        try puttingDown {
            for record in records {
                let place = record.topicPartition
                // Records come in runs of one partition.
                if current >= read.count || read[current].place != place {
                    guard let topic = names.topic(named: place.topic) else { continue }
                    current = read.firstIndex { $0.place == place } ?? read.count
                    if current == read.count { read.append(ReadPartition(place, topic, next: next[place] ?? 0)) }
                }
                let topic = read[current].topic
                try refuseGap(record, expected: read[current].next, isNatural: read[current].isReference)
                // Reference data may start something that counts from where reading stands (`ReadingPositions`).
                if read[current].isReference { try move(&read, in: transaction) }
                let hand = InHand.Place(topic: topic.rawValue, partition: place.partition, offset: record.offset)
                let deaths = suspects[hand] ?? 0
                tally.count(
                    try applier.apply(
                        record, on: topic, deaths: deaths, someWait: someWaited || !tally.parked.isEmpty, now: now,
                        in: transaction))
                if deaths > 0 { try Deaths.clear(hand, in: transaction) }
                read[current].next = record.offset + 1
                read[current].last = record
            }
        }
        try move(&read, in: transaction)
        DeliveryFaultPoints.applied.reach()
        let moved = read.lazy.filter { $0.last != nil }.map { ($0.place, $0.next) }
        return (Dictionary(uniqueKeysWithValues: moved), tally)
    }

    /// Applies parked records that are ready, in their order, at most `redriveRecordsMax`.
    func writeReady(suspects: [InHand.Place: Int], now: Timestamp, in transaction: Transaction) throws -> Tally {
        var tally = Tally()
        try puttingDown {
            for _ in 0..<redriveRecordsMax {
                guard let parked = try ParkedRecords.firstReady(names: names, in: transaction) else { break }
                let hand = InHand.Place(topic: "parked", partition: 0, offset: parked.seq)
                let deaths = suspects[hand] ?? 0
                tally.count(try applier.redrive(parked, deaths: deaths, now: now, in: transaction))
                if deaths > 0 { try Deaths.clear(hand, in: transaction) }
            }
        }
        return tally
    }

    /// Leaves nothing in hand after the work, nor when the record isn't what failed: a stop while a batch waits to be
    /// tried again, or a failing disk, is no death of the record. Any other failure ends the process, and the note
    /// stays for the next one to count.
    private func puttingDown(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch {
            let failure = error as? StoreFailure
            if error is TryLater || error is NeedsIsolation || failure?.decision == .retry
                || failure?.isDamage == true
            {
                applier.inHand.putDown()
            }
            throw error
        }
        applier.inHand.putDown()
    }

    /// Forward gaps are natural on compacted topics and nowhere else.
    private func refuseGap(_ record: ConsumedRecord, expected: Int64, isNatural: Bool) throws {
        guard record.offset == expected || (isNatural && record.offset > expected) else {
            // The log is at fault, not the record that was applied before.
            applier.inHand.putDown()
            throw StoreFailure(
                .fatal, reason: "a record came at offset \(record.offset) where \(expected) was due",
                hint: "start again; if it stays, compare the topic's retention with the catalogue")
        }
    }

    private func move(_ read: inout [ReadPartition], in transaction: Transaction) throws {
        for index in read.indices where read[index].next != read[index].written {
            let one = read[index]
            try move(
                one.place, from: one.written, to: one.next, lastID: one.last?.eventID, in: transaction)
            read[index].written = one.next
        }
    }

    private func move(
        _ place: TopicPartition, from: Int64, to: Int64, lastID: UUID?, in transaction: Transaction
    ) throws {
        let changed = try transaction.execute(
            "UPDATE next_offset SET next = ?, last_id = ? WHERE topic = ? AND partition = ? AND next = ?",
            .integer(to), .maybe(lastID), .text(place.topic), .int(place.partition), .integer(from))
        guard changed == 1 else {
            throw StoreFailure(
                .fatal, reason: "the next offset was not what this worker had written", hint: "report this line")
        }
    }
}
