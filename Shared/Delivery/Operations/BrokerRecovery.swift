internal import Events
internal import Kafka
internal import Runtime
internal import Store

/// The two decisions that need the broker: taking back what an older store had said, and fencing another store.
struct BrokerRecovery<Handler: RecordHandler, Settings: Sendable>: Sendable {
    let assembly: ServiceAssembly<Handler, Settings>

    func perform(_ command: OperatorCommand, _ recovering: Recovering) async throws -> CommandResult {
        let consumer = try KafkaConsumer(
            settings: assembly.settings.kafka, group: assembly.group, logger: assembly.logger,
            metrics: assembly.metrics)
        let result =
            command == .recover(.rolledBack)
            ? try await rolledBack(consumer, recovering) : try await takeOver(consumer, recovering)
        guard await consumer.close(deadline: .seconds(3)) == .closed else {
            throw ServiceFault(description: "the Kafka client did not close; the decision stands", exitCode: 75)
        }
        return result
    }

    private func rolledBack(_ consumer: KafkaConsumer, _ recovering: Recovering) async throws -> CommandResult {
        let cluster = try await consumer.clusterID(timeout: assembly.settings.limits.questionTimeout)
        let known = try await assembly.store.read { try StoreIdentity.read(in: $0)?.cluster }
        if let known, known != cluster {
            // Another broker remembers nothing of what this store had said.
            return CommandResult(
                lines: [LogFinding.anotherCluster(known: known, seen: cluster).description], exitCode: 65)
        }
        let count: Int
        do {
            let takenBack = try await assembly.takingBack(by: consumer).run(until: StopSignal())
            count = takenBack?.events ?? 0
        } catch let silence as BrokerSilence {
            let seconds = silence.silence.components.seconds
            throw ServiceFault(
                description: "the broker gave nothing for \(seconds) s; run the command again", exitCode: 75)
        }
        return try await assembly.store.write { try recovering.acceptRollback(takenBack: count, in: $0) }
    }

    /// The broker's mark is overwritten at once, so that the other process sees the higher epoch within its interval.
    private func takeOver(_ consumer: KafkaConsumer, _ recovering: Recovering) async throws -> CommandResult {
        let partitions = assembly.slice().partitions
        let seen = try await consumer.committed(partitions, timeout: assembly.settings.limits.questionTimeout)
        let highest = seen.values.compactMap { Witness(text: $0.metadata)?.epoch }.max() ?? 0
        let identity = try await assembly.store.write { try recovering.takeOver(highestSeen: highest, in: $0) }
        let examination = LogExamination(
            slice: assembly.slice(), store: assembly.store, consumer: consumer,
            timeout: assembly.settings.limits.questionTimeout, logger: assembly.logger)
        // A store that has read nothing yet leaves its mark all the same, at the beginnings.
        let known = try await examination.known()
        let marks = try await consumer.watermarks(of: partitions, timeout: assembly.settings.limits.questionTimeout)
        let next = Dictionary(
            uniqueKeysWithValues: partitions.map { place in
                let known = known[LogCheck.Place(topic: place.topic, partition: place.partition)]
                return (place, known?.next ?? marks[place]?.low ?? 0)
            })
        let fence = Fence(consumer: consumer, timeout: assembly.settings.limits.questionTimeout)
        if try await fence.leave(Witness(identity, beat: 0), at: next) {
            return CommandResult(lines: ["epoch \(identity.epoch); the other process stops within its interval"])
        }
        throw ServiceFault(description: "the broker did not take the mark; run the command again", exitCode: 75)
    }
}
