internal import Kafka
internal import Runtime
internal import Telemetry

extension Worker {
    /// When everything that was in the logs is applied: nothing is left to catch up with, or the store is being rebuilt
    /// and looks once more.
    ///
    /// Since it took back what had been said, a batch that a process before this one left unacknowledged, or one of a
    /// process that only slept, may have come to light; and whatever that followed from stands in logs that go on. So
    /// the end of own topics is taken back, then the ends of the others are asked for anew and read up to.
    func lookAtEnds(
        _ position: inout LogOpening.Position, _ keeper: inout WitnessKeeper, until stop: StopSignal
    ) async throws {
        guard catchingUp.isAtEnds, position.takingBackRestsUntil.map({ .now >= $0 }) ?? true else { return }
        guard let begins = position.takenBack, let coldStart else {
            let records = catchingUp.finish()
            if records > 0 { logger.info("caught up with the log", Field("records", shown: records)) }
            return
        }
        do {
            let next = position.next
            let takenBack = try await coldStart.takingBack.run(from: begins, until: stop) {
                // It may take longer than a mark may be old.
                try await keep(&keeper, next: next)
            }
            guard let takenBack else { return }
            if takenBack.events > 0 {
                logger.info("took back what came to light since", Field("events", shown: takenBack.events))
            }
            let marks = try await consumer.watermarks(of: Array(next.keys), timeout: limits.questionTimeout)
            guard try await patience.write(until: stop, { try TakenBackTable.finish(in: $0) }) != nil else { return }
            position.takenBack = nil
            catchingUp.begin(from: next, to: marks.mapValues(\.high), at: .now)
        } catch let failure as KafkaFailure where failure.disposition != .fatal {
            logger.warning("the broker does not answer; waiting for it", Field("kafka.code", shown: failure.name))
            _ = await stop.sleep(for: limits.retryCeiling)
        } catch is BrokerSilence {
            logger.warning("the broker gives nothing; reading on, and taking back from there again later")
            position.takingBackRestsUntil = .now + limits.silenceRest
        }
        try await consumer.assign(position.next)
    }
}
