internal import Runtime

/// How closing a client came to its end.
public enum Closing: Sendable, Hashable {
    /// The client is gone: no thread, connection or memory of it is left.
    case closed
    /// librdkafka had not let go of it when the time was up (librdkafka #4519, #4674). Nothing can be done in this
    /// process: say so and call `_exit`, which is safe, since every effect is committed elsewhere.
    case timedOut

    /// Runs `work`, and stops waiting for it when `deadline` is over.
    ///
    /// The one unstructured task of this module: a call into librdkafka that never returns can't be cancelled, and a
    /// task group would wait for it.
    static func within(_ deadline: Duration, _ work: @escaping @Sendable () async -> Closing) async -> Closing {
        let ended = StopSignal()
        let task = Task {
            let closing = await work()
            ended.stop()
            return closing
        }
        _ = await ended.sleep(for: deadline)
        return ended.isStopping ? await task.value : .timedOut
    }
}
