internal import CRdKafka

/// What a service asks before it reads, and while it runs. Each call blocks the consumer's thread until the answer or
/// the timeout, whichever is first; the timeout is the caller's bound on how long a poll may be held up.
extension KafkaConsumer {
    /// The cluster's id, by which a service knows that this is still its broker.
    public func clusterID(timeout: Duration) throws(KafkaFailure) -> String {
        let id = try openClient().clusterID(timeout: timeout)
        watch.noteContact()
        return id
    }

    /// How many partitions a topic has.
    /// - Throws: `.unknownTopicOrPartition` where there is no such topic.
    public func partitionCount(of topic: String, timeout: Duration) throws(KafkaFailure) -> Int32 {
        let count = try openClient().partitionCount(of: topic, timeout: timeout)
        watch.noteContact()
        return count
    }

    /// Both ends of one log, as the broker sees them now.
    public func watermarks(of place: TopicPartition, timeout: Duration) throws(KafkaFailure) -> Watermarks {
        guard let watermarks = try watermarks(of: [place], timeout: timeout)[place] else {
            throw KafkaFailure(RD_KAFKA_RESP_ERR__NO_OFFSET).at(place)
        }
        return watermarks
    }

    /// Both ends of many logs, as the broker sees them now: two requests to each broker, however many partitions.
    /// - Returns: an entry for every partition asked for. The timeout holds for each of the two rounds.
    public func watermarks(of places: [TopicPartition], timeout: Duration)
        throws(KafkaFailure) -> [TopicPartition: Watermarks]
    {
        let watermarks = try openClient().watermarks(of: places, timeout: timeout)
        watch.noteContact()
        return watermarks
    }

    /// The ends of the assigned partitions, as the broker sees them now: what a reader must have applied to have seen
    /// everything that was written before the call.
    public func ends(timeout: Duration) throws(KafkaFailure) -> [TopicPartition: Int64] {
        let ends = try openClient().offsets(of: Array(assigned), at: Int64(RD_KAFKA_OFFSET_END), timeout: timeout)
        watch.noteContact()
        return ends
    }

    /// The record at an offset, or the next one that the log still has (compaction leaves gaps: compare the offset);
    /// nil when the offset is outside the log or nothing follows.
    public func record(at offset: Int64, of place: TopicPartition, timeout: Duration)
        throws(KafkaFailure) -> ConsumedRecord?
    {
        try records(at: [place: offset], timeout: timeout)[place]
    }

    /// `record(at:of:)` for many partitions at the cost of one. What is being read isn't disturbed: a second client
    /// does it, kept for further lookups until `assign`, and made for the one call after it.
    public func records(at offsets: [TopicPartition: Int64], timeout: Duration)
        throws(KafkaFailure) -> [TopicPartition: ConsumedRecord]
    {
        _ = try openClient()
        if offsets.isEmpty { return [:] }
        let probe = try openProbe()
        let records = try Probe.records(at: offsets, by: probe, timeout: timeout, watch: watch)
        watch.noteContact()
        return records
    }

    /// What the group has committed, with the text beside it; no entry where it has committed nothing.
    public func committed(_ places: [TopicPartition], timeout: Duration)
        throws(KafkaFailure) -> [TopicPartition: CommittedOffset]
    {
        let committed = try openClient().committed(places, timeout: timeout)
        watch.noteContact()
        return committed
    }

    private func openProbe() throws(KafkaFailure) -> Client {
        if let probe { return probe }
        let made = try Client(.consumer, settings: settings, group: group, changes: Probe.changes)
        if assigned.isEmpty { probe = made }
        return made
    }
}
