internal import Runtime

/// The places of scoring's own at which the crash suite ends it.
enum ScoringFaultPoints {
    /// A slice of a re-run is written in a transaction that is not yet committed.
    static let sliceApplied = FaultPoint("re-run.slice-applied")
    /// A slice of a re-run is on disk.
    static let sliceDurable = FaultPoint("re-run.slice-durable")

    static let all = [sliceApplied, sliceDurable]
}
