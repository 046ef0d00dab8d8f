internal import CRdKafka

extension KafkaConsumer {
    /// Stops reading and destroys the client. Every later call throws `.closed`; closing again changes nothing.
    ///
    /// Under a millisecond when healthy, seconds when brokers stall. Advisory commits under way are waited for.
    /// - Returns: `.timedOut` when it was not done within `deadline`; the process must then be ended with `_exit`.
    public nonisolated func close(deadline: Duration) async -> Closing {
        await Closing.within(deadline) { await self.closeOnThread(until: .now + deadline) }
    }

    private func closeOnThread(until deadline: ContinuousClock.Instant) -> Closing {
        probe = nil
        guard let client else { return .closed }
        defer { self.client = nil }
        assigned = []
        rd_kafka_assign(client.handle, nil)
        // After a fatal error it refuses; destroying without it returns at once.
        if let error = rd_kafka_consumer_close_queue(client.handle, client.queue) {
            rd_kafka_error_destroy(error)
            return .closed
        }
        while rd_kafka_consumer_closed(client.handle) == 0 {
            if ContinuousClock.now >= deadline {
                client.abandon()
                return .timedOut
            }
            if let event = client.poll(milliseconds: 10) { note(event, of: client) }
        }
        return .closed
    }
}
