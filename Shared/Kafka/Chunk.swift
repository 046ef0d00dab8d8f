/// The records of one `publish`, and what became of each so far. Pure: it knows no client.
struct Chunk {
    let records: [OutgoingRecord]
    private var results: [PublishResult?]
    /// Topics in which a record was refused before it was sent: what follows must not overtake it.
    private var stopped: [String: KafkaFailure] = [:]
    /// How many were handed over and have no report yet.
    private(set) var outstanding = 0
    /// Whether something may or may not have reached the broker.
    private(set) var isUncertain = false

    init(_ records: [OutgoingRecord]) {
        self.records = records
        results = Array(repeating: nil, count: records.count)
    }

    /// Whether the record may be handed over. If its topic was stopped it gets its result here.
    mutating func admits(_ index: Int) -> Bool {
        guard let cause = stopped[records[index].topic] else { return true }
        results[index] = .retry(cause.with(.retry, reason: "stands behind a refused record of its topic"))
        return false
    }

    mutating func handedOver(_ index: Int) { outstanding += 1 }

    /// The client would not take the record.
    mutating func rejected(_ index: Int, _ failure: KafkaFailure) {
        if failure.disposition == .refuse {
            results[index] = .refused(failure)
            stopped[records[index].topic] = failure
        } else {
            results[index] = .retry(failure.with(.retry))
        }
    }

    mutating func apply(_ report: DeliveryReport) {
        let index = report.number - 1
        guard results.indices.contains(index), results[index] == nil else { return }
        outstanding -= 1
        results[index] = report.result
        if case .retry(let failure) = report.result, failure.code != .purgedFromQueue { isUncertain = true }
    }

    /// The results. What never left the client shares the fate of the whole: it is to be sent again, or is refused when
    /// the producer as such is.
    func finished(_ reason: KafkaFailure) -> [PublishResult] {
        let verdict: PublishResult = reason.disposition == .refuse ? .refused(reason) : .retry(reason.with(.retry))
        return results.map { result in
            if case .retry(let failure) = result, failure.code == .purgedFromQueue { return verdict }
            return result ?? verdict
        }
    }

    var persistedCount: Int {
        results.count { if case .persisted = $0 { true } else { false } }
    }
}
