internal import Configuration
internal import Events
internal import Foundation
internal import HTTPServer
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// One run of a service, from the open store to the exit code.
struct ServiceRun<Handler: RecordHandler, Settings: Sendable>: Sendable {
    let assembly: ServiceAssembly<Handler, Settings>
    let stop: StopSignal

    /// Runs until told to stop or until a part ends. The parts stop in the reverse of this order: first nobody is let
    /// in, then the worker takes no more, then the relay publishes what is left, and the health endpoints go last.
    func run() async throws -> Int32 {
        if let identity = try await assembly.store.read({ try StoreIdentity.read(in: $0) }), identity.restored {
            // Known without the broker: nothing may be promised over HTTP by a store that forgot what it had said.
            let refusal = LogRefusal(findings: [.restored])
            await assembly.store.close()
            return code(for: .partEnded("store", refusal))
        }
        try await assembly.countDeath()
        let logger = assembly.logger
        let kafka = assembly.settings.kafka
        let consumer = try KafkaConsumer(
            settings: kafka, group: assembly.group, logger: logger, metrics: assembly.metrics)
        let producer = try KafkaProducer(settings: kafka, logger: logger, metrics: assembly.metrics)
        let backlog = Backlog(rowsMax: assembly.settings.limits.outboxRowsMax)
        let context = ServiceContext(
            service: assembly.definition.name, settings: assembly.settings, store: assembly.store,
            outbox: assembly.outbox, backlog: backlog, seenEnds: SeenEnds(), catchingUp: CatchingUp(), logger: logger,
            metrics: assembly.metrics, time: assembly.time, ids: assembly.ids)
        let readiness = LogReadiness()
        let commits = CommitSignal()
        assembly.store.whenCommitted { commits.raise() }
        let wish = RedriveWish()
        let operations = try operationsServer(context, contact: consumer.contact)
        let control = try controlServer(context, wish: wish, commits: commits)
        let relay = makeRelay(context, producer: producer, readiness: readiness, commits: commits)
        let worker = makeWorker(context, consumer: consumer, readiness: readiness, wish: wish)
        let own = try await assembly.definition.makeParts(context, assembly.own)
        let group = ServiceGroup(
            [operations, control, makeBacklogWatch(context), makeInboxRetention(), relay, worker] + own,
            drainTimeout: assembly.settings.drainTimeout)
        logger.info("service starts", Field("service.version", shown: ServiceProcessVersion.text))
        let deadline = DrainDeadline(
            budget: assembly.settings.drainTimeout + DrainDeadline.closing, logger: logger)
        return await deadline.holds(from: stop) {
            let code = self.code(for: await group.run(until: stop))
            await close(consumer, producer)
            return code
        }
    }

    private func makeRelay(
        _ context: ServiceContext, producer: KafkaProducer, readiness: LogReadiness, commits: CommitSignal
    ) -> Relay {
        Relay(
            store: assembly.store, patience: patience, outbox: assembly.outbox, producer: producer,
            topics: assembly.topicsWritten, names: assembly.names,
            readiness: readiness, wake: commits, limits: assembly.settings.limits, logger: assembly.logger,
            metrics: RelayMetrics(assembly.metrics))
    }

    private var patience: PatientWrites {
        PatientWrites(store: assembly.store, limits: assembly.settings.limits, logger: assembly.logger)
    }

    private func makeBacklogWatch(_ context: ServiceContext) -> BacklogWatch {
        BacklogWatch(
            store: assembly.store, topics: assembly.topicsWritten, backlog: context.backlog,
            interval: assembly.settings.limits.backlogInterval, metrics: RelayMetrics(assembly.metrics))
    }

    private func makeInboxRetention() -> InboxRetention {
        InboxRetention(store: assembly.store, limits: assembly.settings.limits, time: assembly.time)
    }

    private func makeWorker(
        _ context: ServiceContext, consumer: KafkaConsumer, readiness: LogReadiness, wish: RedriveWish
    ) -> Worker<Handler> {
        let names = assembly.names
        let examination = LogExamination(
            slice: assembly.slice(), store: assembly.store, consumer: consumer,
            timeout: assembly.settings.limits.questionTimeout, logger: assembly.logger)
        let coldStart = ColdStart(
            consumer: consumer, examination: examination, takingBack: assembly.takingBack(by: consumer),
            limits: assembly.settings.limits, logger: assembly.logger)
        return Worker(
            store: assembly.store, patience: patience, consumer: consumer, examination: examination,
            coldStart: assembly.definition.isRebuiltFromTopics ? coldStart : nil,
            writer: assembly.batchWriter, readiness: readiness, seenEnds: context.seenEnds,
            catchingUp: context.catchingUp,
            watchedTopics: Set(assembly.definition.watchedTopics.map(names.name(of:))), redriveWish: wish,
            limits: assembly.settings.limits, time: assembly.time, ids: assembly.ids, logger: assembly.logger,
            metrics: WorkerMetrics(assembly.metrics))
    }

    private func operationsServer(_ context: ServiceContext, contact: BrokerContact) throws -> HTTPServer {
        let endpoints = OperationsEndpoints(
            health: Health(
                context: context, contact: contact, stop: stop, warnings: assembly.definition.warnings),
            counts: assembly.definition.counts)
        let listen = assembly.settings.operationsListen
        return try HTTPServer(
            HTTPServerSettings(
                name: "operations", address: .tcp(host: listen.host, port: UInt16(listen.port)), kind: .operations),
            routes: [RouteGroup(routes: endpoints.routes)], logger: assembly.logger, metrics: assembly.metrics)
    }

    private func controlServer(
        _ context: ServiceContext, wish: RedriveWish, commits: CommitSignal
    ) throws -> HTTPServer {
        let executor = CommandExecutor(
            service: context.service, settings: context.settings, store: context.store, names: assembly.names,
            time: assembly.time, own: assembly.definition.commands, applyReady: { wish.raise() },
            wakeRelay: { commits.raise() })
        let route = CommandSocket.route { request in
            do {
                return try await executor.execute(request.words, by: request.operatorName)
            } catch let fault as UsageFault {
                return CommandResult(lines: [fault.description], exitCode: UsageFault.exitCode)
            } catch let failure as StoreFailure {
                return CommandResult(lines: [failure.description], exitCode: 74)
            } catch let fault as ServiceFault {
                return CommandResult(lines: [fault.description], exitCode: fault.exitCode)
            }
        }
        return try HTTPServer(
            HTTPServerSettings(
                name: "control", address: .unix(path: context.store.directory.socketPath), kind: .operations),
            routes: [RouteGroup(routes: [route])], logger: assembly.logger, metrics: assembly.metrics)
    }

    private func code(for ending: ServiceGroup.Ending) -> Int32 {
        let logger = assembly.logger
        switch ending {
        case .drained:
            logger.info("service drained and stops")
            return 0
        case .drainTimedOut(let parts):
            logger.error("the drain budget ended", Field("parts", shown: parts.joined(separator: ", ")))
            return 0
        case .partEnded(_, let error as LogRefusal):
            logger.error(
                "the log is not the store's own; nothing more is read", Field("finding", shown: error.description))
            return 65
        case .partEnded(let name, let error):
            // The type only: an error's text may carry what came from outside.
            let kind = error.map { "\(type(of: $0))" } ?? "none"
            let hint = (error as? StoreFailure)?.description ?? (error as? KafkaFailure)?.description ?? kind
            logger.error(
                "a part of the service ended", Field("part", shown: name), Field("error.type", shown: kind),
                Field("hint", shown: hint))
            return 70
        }
    }

    /// Closing can hang in the C library when brokers stall (librdkafka #4519, #4674). Every effect is already
    /// committed, so the process ends without it then.
    private func close(_ consumer: KafkaConsumer, _ producer: KafkaProducer) async {
        async let producerClosing = producer.close(deadline: .seconds(3))
        async let consumerClosing = consumer.close(deadline: .seconds(3))
        if await [producerClosing, consumerClosing].contains(.timedOut) {
            assembly.logger.warning("the Kafka client did not close in time; ending without it")
        }
        await assembly.store.close()
    }
}
