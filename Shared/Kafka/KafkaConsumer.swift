internal import CRdKafka
internal import Runtime
public import Telemetry

/// Reads partitions from offsets that the caller gives, without a group: a group moves partitions, and a store doesn't
/// move with them.
///
/// Runs on a thread of its own, so that waiting never occupies the cooperative pool; every call is served there, in
/// turn, and none waits behind a poll for longer than its slice and its linger. Records of a partition come in the
/// order of their offsets; between partitions there is no order. One task polls.
public actor KafkaConsumer {
    /// The longest that a poll waits when there is nothing to read, and the longest linger.
    public static let pollSliceMax: Duration = .milliseconds(100)

    /// Whether the broker answers. Any thread.
    public nonisolated var contact: BrokerContact { watch.contact }

    let executor = ThreadExecutor(name: "kafka-consumer")
    let settings: KafkaSettings
    let group: String
    let watch: ClientWatch
    var client: Client?
    /// Kept between lookups until the main assignment begins.
    var probe: Client?
    var assigned: Set<TopicPartition> = []
    private var nextOffsets: [TopicPartition: Int64] = [:]
    private var commits = CommitQueue()
    private var failureAhead: KafkaFailure?
    private var statisticsText: [UInt8]?

    /// Calls to the actor run on this executor's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes the client. It connects in the background; an unreachable broker is no failure here.
    /// - Parameter group: under which name the offsets are committed for tools to see. Nothing is ever joined.
    /// - Throws: a setting that is unknown, impossible or owned by this module.
    public init(settings: KafkaSettings, group: String, logger: Logger, metrics: MetricsRegistry) throws(KafkaFailure) {
        self.settings = settings
        self.group = group
        watch = ClientWatch(.consumer, group: group, logger: logger, registry: metrics)
        client = try Client(.consumer, settings: settings, group: group)
    }

    /// Reads these partitions from these offsets from now on, and no others.
    ///
    /// An offset outside the log isn't noticed here but by `poll`, within about a second.
    public func assign(_ offsets: [TopicPartition: Int64]) throws(KafkaFailure) {
        let client = try openClient()
        probe = nil
        let code = PartitionList.with(offsets) { rd_kafka_assign(client.handle, $0) }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaFailure(code) }
        assigned = Set(offsets.keys)
        nextOffsets = offsets
        failureAhead = nil
    }

    /// The next records, and an empty array when none came within a slice (100 ms), or at once when the caller has
    /// other work and doesn't wait.
    ///
    /// After the first record it waits until there are `bytesMin` bytes or `linger` is over (at most a slice), then
    /// takes what is there, up to `recordsMax` records or until `bytesMax` is reached (overshot by one record at
    /// most).
    /// - Throws: what stops a partition (an offset outside the log, a right or a topic that is missing) or the client
    ///   (fatal). Records that were read before it are returned first, and the failure by the next call. Connection
    ///   trouble isn't thrown: see `contact`.
    public func poll(
        recordsMax: Int, bytesMax: Int, bytesMin: Int, linger: Duration, waits: Bool = true
    )
        async throws(KafkaFailure) -> [ConsumedRecord]
    {
        let client = try openClient()
        if let failure = failureAhead {
            failureAhead = nil
            throw failure
        }
        var batch: [ConsumedRecord] = []
        var bytes = 0
        var deadline = ContinuousClock.now + (waits ? Self.pollSliceMax : .zero)
        while batch.count < recordsMax && bytes < bytesMax && failureAhead == nil {
            var event = client.poll(milliseconds: 0)
            if event == nil {
                let left = bytes >= bytesMin && !batch.isEmpty ? .zero : deadline - .now
                if left <= .zero { break }
                event = client.poll(milliseconds: left.timeoutMilliseconds)
            }
            guard case .record(let record) = event else {
                if let event { note(event, of: client) }
                continue
            }
            if batch.isEmpty { deadline = .now + min(linger, Self.pollSliceMax) }
            batch.append(record)
            bytes += record.bytes
        }
        await finishPoll(recordCount: batch.count)
        if batch.isEmpty, let failure = failureAhead {
            failureAhead = nil
            throw failure
        }
        return batch
    }

    /// Tells the broker how far the store has come, with the store's identity beside it. Returns at once; whether the
    /// broker took it is only counted, since it is a witness and never a starting point. Served by `poll`.
    ///
    /// One is under way at a time, and none while the broker is away; of those offered meanwhile the newest of each
    /// partition is sent then.
    public func commit(_ offsets: [TopicPartition: Int64], metadata: String) {
        setNextOffsets(offsets)
        commits.offer(offsets, metadata: metadata)
        sendCommit()
    }

    private func sendCommit() {
        // One that waits for a lost broker would keep the client from being destroyed.
        guard contact.isAvailable, let client, let commit = commits.next() else { return }
        let code = PartitionList.with(commit.offsets, metadata: commit.metadata) {
            rd_kafka_commit_queue(client.handle, $0, client.queue, nil, nil)
        }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { commitAnswered(KafkaFailure(code)) }
    }

    private func commitAnswered(_ failure: KafkaFailure?) {
        watch.note(commit: failure)
        commits.answered()
        sendCommit()
    }

    /// Tells how far the store has come, for the lag that metrics show, without telling the broker.
    public func setNextOffsets(_ offsets: [TopicPartition: Int64]) {
        nextOffsets.merge(offsets) { _, new in new }
    }

    var isCommitUnderWay: Bool { commits.isUnderWay }

    func openClient() throws(KafkaFailure) -> Client {
        guard let client else { throw .closed("consumer") }
        return client
    }

    /// Takes everything but records.
    func note(_ event: ClientEvent, of client: Client) {
        switch event {
        case .partitionFailure(_, let failure), .failure(let failure):
            watch.note(failure)
            if failure.disposition == .refuse || failure.disposition == .fatal { failureAhead = failure }
            // Statistics from before the loss would say that the broker is there.
            if !contact.isAvailable { statisticsText = nil }
        case .statistics(let text): statisticsText = text
        case .committed(let failure): commitAnswered(failure)
        case .tokenRefresh: watch.refuseToken(client)
        case .log(let level, let facility, let text): watch.note(level: level, facility: facility, text: text)
        case .unknown: watch.metrics.unknownEvents.add()
        case .record, .endOfPartition, .reports: break
        }
    }

    private func finishPoll(recordCount: Int) async {
        if recordCount > 0 {
            watch.metrics.records.add(recordCount)
            watch.noteContact()
        }
        sendCommit()
        guard let text = statisticsText else { return }
        statisticsText = nil
        guard let statistics = await watch.show(statistics: text) else { return }
        for (place, end) in statistics.ends {
            guard let next = nextOffsets[place] else { continue }
            watch.metrics.showLag(of: place, end: end, next: next)
        }
    }
}
