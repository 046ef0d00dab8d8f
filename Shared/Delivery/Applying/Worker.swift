internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// Reads the service's topics: strictly poll, apply, poll. The next batch is asked for when this one is on disk.
///
/// Parked records that are ready take turns with what comes: a transaction of them after each poll, so that records
/// never wait behind more than one, however many a late instrument has made ready.
struct Worker<Handler: RecordHandler>: RunningPart {
    let name = "worker"
    let store: Store
    let patience: PatientWrites
    let consumer: KafkaConsumer
    let examination: LogExamination
    let coldStart: ColdStart?
    let writer: BatchWriter<Handler>
    let readiness: LogReadiness
    let seenEnds: SeenEnds
    let catchingUp: CatchingUp
    let watchedTopics: Set<String>
    let redriveWish: RedriveWish
    let limits: DeliveryLimits
    let time: TimeSource
    let ids: IdentifierSource
    let logger: Logger
    let metrics: WorkerMetrics

    func run(until stop: StopSignal) async throws {
        do {
            try await read(until: stop)
        } catch let refusal as LogRefusal {
            readiness.refuse()
            throw refusal
        }
    }

    private func read(until stop: StopSignal) async throws {
        let opening = LogOpening(
            store: store, patience: patience, consumer: consumer, examination: examination, coldStart: coldStart,
            catchingUp: catchingUp, limits: limits, ids: ids, logger: logger)
        guard var position = try await opening.open(until: stop) else { return }
        guard try await prepareParked(until: stop) else { return }
        readiness.declare()
        catchingUp.begin(from: position.next, to: position.ends, at: .now)
        try await consumer.assign(position.next)
        var suspects = try await store.read { try Deaths.suspects(in: $0) }
        var isolates = false
        var moreAreReady = false
        var parking = ParkingLine()
        defer { tell(parking.rest(at: .now)) }
        var keeper = WitnessKeeper(identity: position.identity, earlierBoots: position.earlierBoots, limits: limits)
        while !stop.isStopping {
            try await keep(&keeper, next: position.next)
            if !catchingUp.isOver { try await lookAtEnds(&position, &keeper, until: stop) }
            // Asked to stop while it read own topics, the consumer still does.
            if stop.isStopping { break }
            let records = try await poll(waits: !moreAreReady)
            if !records.isEmpty {
                DeliveryFaultPoints.fetched.reach()
                let next = position.next
                let result = try await write(records, next: next, suspects: suspects, isolating: &isolates, until: stop)
                guard let result else { return }
                DeliveryFaultPoints.durable.reach()
                position.next.merge(result.moved) { $1 }
                suspects = suspects.isEmpty ? suspects : try await store.read { try Deaths.suspects(in: $0) }
                metrics.count(result.tally)
                parking.note(result.tally.parked)
                metrics.reading(result.moved)
                if let line = catchingUp.read(result.moved, at: .now) { logger.info("reading the log", line) }
                await consumer.commit(result.moved, metadata: keeper.witness.text)
                DeliveryFaultPoints.witnessed.reach()
            }
            seenEnds.applied(next: position.next)
            // A batch may have released some, and a command may have asked.
            if redriveWish.take() || !records.isEmpty || moreAreReady {
                let tally = try await redriveReady(until: stop)
                moreAreReady = tally != nil
                parking.note(tally?.parked ?? [:])
            }
            tell(parking.told(at: .now))
        }
        await consumer.commit(position.next, metadata: keeper.witness.text)
    }

    /// Applies a batch: without savepoints first, with them when something has to be parked, and with them from the
    /// start as long as the batch before had something to park.
    /// - Returns: nil when asked to stop before it was on disk.
    private func write(
        _ records: [ConsumedRecord], next: [TopicPartition: Int64], suspects: [InHand.Place: Int],
        isolating isolates: inout Bool, until stop: StopSignal
    ) async throws -> (moved: [TopicPartition: Int64], tally: BatchWriter<Handler>.Tally)? {
        func write(by writer: BatchWriter<Handler>) async throws -> (
            moved: [TopicPartition: Int64], tally: BatchWriter<Handler>.Tally
        )? {
            try await patience.write(until: stop, postponed: metrics.batchPostponed) { transaction in
                try writer.write(records, next: next, suspects: suspects, now: time.now(), in: transaction)
            }
        }
        if !isolates {
            do {
                return try await write(by: writer.withoutIsolation)
            } catch is NeedsIsolation {
                isolates = true
            }
        }
        let result = try await write(by: writer)
        isolates = result.map { !$0.tally.parked.isEmpty } ?? isolates
        return result
    }

    private func poll(waits: Bool) async throws -> [ConsumedRecord] {
        try await consumer.poll(
            recordsMax: limits.batchRecordsMax, bytesMax: limits.batchBytesMax, bytesMin: limits.batchBytesMin,
            linger: waits ? limits.batchLinger : .zero, waits: waits)
    }

    /// Parked records that a new release can read become ready.
    private func prepareParked(until stop: StopSignal) async throws -> Bool {
        let service = writer.applier.service
        let known = Topic.allCases.flatMap { Catalogue.contract(for: $0).reader(service)?.knows ?? [] }.map(\.ceType)
        redriveWish.raise()
        return try await patience.write(until: stop) { try ParkedRecords.releaseTypes(known, in: $0) } != nil
    }

    /// Applies parked records that are ready, as many as one transaction takes.
    /// - Returns: what became of them; nil when none was ready, or when asked to stop.
    private func redriveReady(until stop: StopSignal) async throws -> BatchWriter<Handler>.Tally? {
        let names = writer.names
        let suspects = try await store.read { scope in
            try ParkedRecords.firstReady(names: names, in: scope) == nil ? nil : try Deaths.suspects(in: scope)
        }
        guard let suspects else { return nil }
        let tally = try await patience.write(until: stop, postponed: metrics.batchPostponed) { transaction in
            try writer.writeReady(suspects: suspects, now: time.now(), in: transaction)
        }
        if let tally { metrics.count(tally) }
        return tally
    }

    private func tell(_ parked: ParkingLine.Told?) {
        guard let parked else { return }
        let records = Field("records", shown: parked.text)
        let hint = Field("hint", shown: "`parked list` shows each with its reason")
        if parked.needsSomebody {
            logger.warning("records were parked, some until somebody acts", records, hint)
        } else {
            logger.info("records were parked", records, hint)
        }
    }

    /// Every ten seconds: has somebody else read here; renew our own mark; ask where the watched logs end.
    func keep(_ keeper: inout WitnessKeeper, next: [TopicPartition: Int64]) async throws {
        let now = ContinuousClock.now
        do {
            if keeper.renewalIsDue(at: now) {
                let committed = try await consumer.committed(Array(next.keys), timeout: limits.questionTimeout)
                let seen = committed.values.compactMap { Witness(text: $0.metadata) }
                if let finding = keeper.finding(in: seen) { throw LogRefusal(findings: [finding]) }
                metrics.fencedMarks(keeper.fenced(in: seen))
                keeper.renew(at: now)
                await consumer.commit(next, metadata: keeper.witness.text)
                metrics.reading(next)
            }
            if !watchedTopics.isEmpty, keeper.endsQuestionIsDue(at: now) {
                let watched = next.keys.filter { watchedTopics.contains($0.topic) }
                let askedAt = time.now()
                let marks = try await consumer.watermarks(of: watched, timeout: limits.questionTimeout)
                seenEnds.ask(marks.mapValues(\.high), askedAt: askedAt)
                seenEnds.applied(next: next)
                keeper.endsAsked(at: now)
            }
        } catch let failure as KafkaFailure where failure.disposition != .fatal {
            // The broker is away: reading waits by itself, and what needs a fresh view sees it grow old.
            keeper.postpone(at: now)
            metrics.questionFailed()
        }
    }
}
