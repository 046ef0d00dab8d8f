/// The bounds of the delivery loop. Defaults are stated here and nowhere else.
public struct DeliveryLimits: Sendable {
    /// Records of one transaction.
    public var batchRecordsMax = 500
    /// Bytes of one transaction's records.
    public var batchBytesMax = 2 << 20
    /// A batch waits for as many bytes…
    public var batchBytesMin = 64 << 10
    /// …or for as long after its first record, whichever is first. Dense batches cost a broker a ninth (measured).
    public var batchLinger = Duration.milliseconds(20)
    /// Rows that the relay publishes at once.
    public var relayRowsMax = 2000
    /// Bytes that the relay publishes at once.
    public var relayBytesMax = 1 << 20
    /// The relay waits so long after a commit for more rows.
    public var relayLinger = Duration.milliseconds(20)
    /// How long one chunk may wait for the broker before the relay starts over.
    public var publishTimeout = Duration.seconds(30)
    /// Unpublished rows beyond which a service takes no more over HTTP.
    public var outboxRowsMax = 100_000
    /// Between two looks at how much waits; the bound may be overshot by what is said meanwhile.
    public var backlogInterval = Duration.milliseconds(200)
    /// Between two questions and renewals to the broker (DESIGN 3.5).
    public var witnessInterval = Duration.seconds(10)
    /// How long a start watches for another process on the same store (DESIGN 3.5).
    public var witnessWatch = Duration.seconds(30)
    /// Until own topics are looked at once more after the broker gave nothing of them.
    var silenceRest = Duration.seconds(600)
    /// Between two questions where the watched logs end.
    public var endsInterval = Duration.seconds(5)
    /// One question to the broker.
    public var questionTimeout = Duration.seconds(5)
    /// Waits between tries, for a broker that is away or a disk that is full.
    public var retryFirst = Duration.milliseconds(200)
    /// No wait between tries is longer.
    public var retryCeiling = Duration.seconds(10)
    /// Parked records applied in one transaction.
    public var redriveRecordsMax = 200
    /// Days for which the inbox keeps ids.
    public var inboxDays: Int64 = 400
    /// Between two looks for ids older than that…
    public var inboxInterval = Duration.seconds(60)
    /// …each at so many rows.
    public var inboxRowsMax = 5000

    /// The defaults.
    public init() {}
}
