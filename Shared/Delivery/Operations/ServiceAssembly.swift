internal import Configuration
internal import Events
internal import Foundation
internal import HTTPServer
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// The parts of one service put together on an open store.
struct ServiceAssembly<Handler: RecordHandler, Settings: Sendable>: Sendable {
    let definition: ServiceDefinition<Handler, Settings>
    let settings: ServiceSettings
    let own: Settings
    let store: Store
    let logger: Logger
    let metrics: MetricsRegistry
    let time: TimeSource
    let ids: IdentifierSource
    let inHand: InHand
    let handler: Handler

    var topicsWritten: [Topic] { Catalogue.topicsWritten(by: definition.name).map(\.topic) }
    var names: TopicNames { TopicNames(prefix: settings.kafka.topicPrefix) }
    var outbox: Outbox { Outbox(service: definition.name, region: settings.region) }

    var batchWriter: BatchWriter<Handler> {
        BatchWriter(
            applier: Applier(service: definition.name, handler: handler, outbox: outbox, inHand: inHand),
            names: names, redriveRecordsMax: settings.limits.redriveRecordsMax)
    }

    /// The group of advisory offsets. Nobody is ever a member of it.
    var group: String { "\(settings.kafka.topicPrefix)barnsakert.\(definition.name.rawValue)" }

    /// Opens the store and makes what reads and writes it. The caller holds the directory's lock.
    static func open(
        _ definition: ServiceDefinition<Handler, Settings>, settings: ServiceSettings, own: Settings,
        handler: Handler, directory: DataDirectory, metrics: MetricsRegistry, logger: Logger, time: TimeSource,
        ids: IdentifierSource
    ) async throws -> ServiceAssembly {
        let store = try await Store.open(directory, migrations: definition.allMigrations) { failure in
            logger.error(
                "the store failed; the process ends", Field("reason", shown: failure.reason),
                Field("hint", shown: failure.hint))
            _exit(74)
        }
        let place = try directory.place()
        _ = try await store.write { try StoreIdentity.load(place: place, ids: ids, in: $0) }
        return ServiceAssembly(
            definition: definition, settings: settings, own: own, store: store, logger: logger, metrics: metrics,
            time: time, ids: ids, inHand: try InHand(path: directory.handPath), handler: handler)
    }

    /// The slice that this process reads, and the partition counts that must hold.
    func slice() -> LogExamination.Slice {
        let read = Catalogue.topicsRead(by: definition.name).map(\.contract)
        let written = Catalogue.topicsWritten(by: definition.name)
        let all = read + written
        let names = self.names
        func places(_ contract: TopicContract) -> [TopicPartition] {
            (0..<contract.partitions).map { TopicPartition(topic: names.name(of: contract.topic), partition: $0) }
        }
        return LogExamination.Slice(
            partitions: read.flatMap(places),
            counts: Dictionary(all.map { (names.name(of: $0.topic), Int($0.partitions)) }) { first, _ in first },
            compacted: Set(read.filter { $0.retention == .compacted }.map { names.name(of: $0.topic) }),
            written: Dictionary(uniqueKeysWithValues: written.map { ($0.topic, places($0)) }))
    }

    /// What puts into the journal again what was said before the store forgot it.
    func takingBack(by consumer: KafkaConsumer) -> TakingBack {
        TakingBack(
            service: definition.name, names: names, consumer: consumer,
            patience: PatientWrites(store: store, limits: settings.limits, logger: logger), limits: settings.limits,
            logger: logger, takeBack: definition.takeBack)
    }

    /// Counts a death that the process before this one left behind.
    func countDeath() async throws {
        guard let place = inHand.leftBehind() else { return }
        try await store.write { try Deaths.count(place, in: $0) }
        inHand.putDown()
        logger.warning(
            "the last process ended with a record in hand", Field("topic", shown: place.topic),
            Field("partition", shown: place.partition), Field("offset", shown: place.offset))
    }

    /// Applies parked records that are ready, without a worker; for commands on a service that doesn't run.
    func applyReady() async throws {
        let writer = batchWriter
        let time = self.time
        while try await store.read({ try ParkedRecords.firstReady(names: writer.names, in: $0) }) != nil {
            let suspects = try await store.read { try Deaths.suspects(in: $0) }
            _ = try await store.write { try writer.writeReady(suspects: suspects, now: time.now(), in: $0) }
        }
    }
}
