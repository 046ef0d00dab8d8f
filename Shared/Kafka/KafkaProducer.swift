internal import CRdKafka
internal import Runtime
public import Telemetry

/// Publishes records to Kafka in order, with an idempotent producer and the acknowledgement of all in-sync replicas.
///
/// Runs on a thread of its own. Order holds per key within a chunk, and between chunks when the caller waits for each.
/// After a fatal error, or when records that were under way had to be given up, librdkafka's client is made anew at the
/// next publish; idempotence covers one such session only, so what is sent again may stand in the log twice.
public actor KafkaProducer {
    /// The longest that a call waits in one piece before it looks whether it should stop.
    static let sliceMax: Duration = .milliseconds(100)
    /// How long the reports of given-up records are waited for; they come from memory.
    static let purgeWait: Duration = .seconds(1)

    /// Whether the broker answers. Any thread.
    public nonisolated var contact: BrokerContact { watch.contact }

    private let executor = ThreadExecutor(name: "kafka-producer")
    private let settings: KafkaSettings
    private let watch: ClientWatch
    private let closing = StopSignal()
    private var client: Client?
    private var fatal: KafkaFailure?
    private var statisticsText: [UInt8]?

    /// Calls to the actor run on this executor's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes the client. It connects in the background; an unreachable broker is no failure here.
    /// - Throws: a setting that is unknown, impossible or owned by this module.
    public init(settings: KafkaSettings, logger: Logger, metrics: MetricsRegistry) throws(KafkaFailure) {
        self.settings = settings
        watch = ClientWatch(.producer, group: settings.clientID, logger: logger, registry: metrics)
        client = try Client(.producer, settings: settings)
    }

    /// Makes the topics known to the client, so that the first publish doesn't wait for it.
    /// - Returns: how many partitions each has.
    /// - Throws: `.unknownTopicOrPartition`, a missing right, or a timeout (which holds for each topic).
    @discardableResult
    public func warmUp(topics: [String], timeout: Duration) throws(KafkaFailure) -> [String: Int32] {
        let client = try openClient()
        var counts: [String: Int32] = [:]
        for topic in topics { counts[topic] = try client.partitionCount(of: topic, timeout: timeout) }
        watch.noteContact()
        return counts
    }

    /// Hands the records over in order and waits until the fate of each is known.
    ///
    /// A record that the client refuses at once (too large) holds back the later ones of its topic in this call. One
    /// that the broker refuses takes its whole batch with it: then more than one is `.refused`, and which is at fault
    /// shows when they are sent one by one. Cancelling the task, or closing, ends the wait as the deadline does.
    /// - Parameter deadline: when it is over, what has no report yet is given up, and is to be sent again.
    /// - Returns: one result for each record, in the records' order.
    public func publish(_ records: [OutgoingRecord], deadline: Duration) async -> [PublishResult] {
        if records.isEmpty { return [] }
        var chunk = Chunk(records)
        let client: Client
        do throws(KafkaFailure) { client = try openClient() } catch { return chunk.finished(error) }
        let end = ContinuousClock.now + deadline
        handOver(&chunk, to: client, until: end)
        while chunk.outstanding > 0 && !isOver(end) { serve(&chunk, of: client, until: end) }
        if chunk.outstanding > 0 { giveUp(&chunk, of: client) }
        fatal = fatal ?? client.fatalCause()
        if fatal != nil || chunk.outstanding > 0 || chunk.isUncertain { self.client = nil }
        let results = chunk.finished(
            fatal?.asResult ?? KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT, "not acknowledged within the time given"))
        fatal = nil
        await finishServing(persistedCount: chunk.persistedCount)
        return results
    }

    /// Serves what the client has to say without waiting: statistics, logs, lost and found connections. An idle owner
    /// calls it about once a second, so that `contact` stays true and nothing piles up.
    public func serveEvents() async {
        guard let client else { return }
        var none = Chunk([])
        while let event = client.poll(milliseconds: 0) { note(event, of: client, in: &none) }
        if fatal != nil { self.client = nil }
        fatal = nil
        await finishServing(persistedCount: 0)
    }

    /// Ends a publish under way (its records are to be sent again) and destroys the client. Later calls get `.closed`.
    /// - Returns: `.timedOut` when it was not done within `deadline`; the process must then be ended with `_exit`.
    public nonisolated func close(deadline: Duration) async -> Closing {
        closing.stop()
        return await Closing.within(deadline) { await self.closeOnThread() }
    }

    private func closeOnThread() -> Closing {
        client = nil
        return .closed
    }

    /// The client, made anew if the last one is of no further use.
    private func openClient() throws(KafkaFailure) -> Client {
        if closing.isStopping { throw .closed("producer") }
        if let client { return client }
        let client = try Client(.producer, settings: settings)
        watch.metrics.rebuilds.add()
        self.client = client
        return client
    }

    private func isOver(_ end: ContinuousClock.Instant) -> Bool {
        fatal != nil || closing.isStopping || Task.isCancelled || ContinuousClock.now >= end
    }

    /// Once one record could not be handed over for want of time, no later one is: it would overtake.
    private func handOver(_ chunk: inout Chunk, to client: Client, until end: ContinuousClock.Instant) {
        for index in chunk.records.indices where chunk.admits(index) {
            do throws(KafkaFailure) {
                while let failure = try client.produce(chunk.records[index], number: index + 1) {
                    guard failure.code == KafkaFailure.Code(RD_KAFKA_RESP_ERR__QUEUE_FULL) else { throw failure }
                    if isOver(end) { return }
                    serve(&chunk, of: client, until: end)
                }
                chunk.handedOver(index)
            } catch {
                // The producer as such is done for: what wasn't handed over gets the verdict of the whole.
                if error.disposition == .fatal {
                    fatal = error
                    return
                }
                chunk.rejected(index, error)
                if error.disposition != .refuse { return }
            }
        }
    }

    /// Waits for at most a slice, then takes all that is there.
    private func serve(_ chunk: inout Chunk, of client: Client, until end: ContinuousClock.Instant) {
        let slice = max(min(Self.sliceMax, end - .now), .zero)
        var event = client.poll(milliseconds: slice.timeoutMilliseconds)
        while let some = event {
            note(some, of: client, in: &chunk)
            event = client.poll(milliseconds: 0)
        }
    }

    private func giveUp(_ chunk: inout Chunk, of client: Client) {
        client.purge()
        let end = ContinuousClock.now + Self.purgeWait
        while chunk.outstanding > 0 && ContinuousClock.now < end { serve(&chunk, of: client, until: end) }
    }

    private func note(_ event: ClientEvent, of client: Client, in chunk: inout Chunk) {
        switch event {
        case .reports(let reports): for report in reports { chunk.apply(report) }
        case .failure(let failure), .partitionFailure(_, let failure):
            watch.note(failure)
            if failure.disposition == .fatal { fatal = failure }
            // Statistics from before the loss would say that the broker is there.
            if !contact.isAvailable { statisticsText = nil }
        case .statistics(let text): statisticsText = text
        case .tokenRefresh: watch.refuseToken(client)
        case .log(let level, let facility, let text): watch.note(level: level, facility: facility, text: text)
        case .unknown: watch.metrics.unknownEvents.add()
        case .record, .endOfPartition, .committed: break
        }
    }

    private func finishServing(persistedCount: Int) async {
        if persistedCount > 0 {
            watch.metrics.records.add(persistedCount)
            watch.noteContact()
        }
        guard let text = statisticsText else { return }
        statisticsText = nil
        _ = await watch.show(statistics: text)
    }
}
