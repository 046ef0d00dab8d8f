internal import CRdKafka

extension KafkaConsumer {
    /// Stops reading and destroys the client. Every later call throws `.closed`; closing again changes nothing.
    ///
    /// Milliseconds when healthy: an advisory commit under way is waited for while the broker answers, for at most a
    /// second and half of the time given. What librdkafka holds beyond that it gives up after `socket.timeout.ms` (10
    /// s unless set).
    /// - Returns: `.timedOut` when it was not done within `deadline`; the process must then be ended with `_exit`.
    public nonisolated func close(deadline: Duration) async -> Closing {
        await Closing.within(deadline) {
            await self.closeOnThread(commitUntil: .now + min(deadline / 2, .seconds(1)))
        }
    }

    /// Without `rd_kafka_consumer_close_queue`: it leaves a group, and none was joined. With a commit that waits for a
    /// lost coordinator it does not end within ten seconds, nor does destroying after it
    /// (measured with 2.0.2).
    private func closeOnThread(commitUntil end: ContinuousClock.Instant) -> Closing {
        probe = nil
        guard let client else { return .closed }
        assigned = []
        rd_kafka_assign(client.handle, nil)
        while isCommitUnderWay && contact.isAvailable && ContinuousClock.now < end {
            if let event = client.poll(milliseconds: 10) { note(event, of: client) }
        }
        self.client = nil
        return .closed
    }
}
