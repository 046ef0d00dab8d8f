internal import Delivery
internal import Events
internal import Runtime

/// Scores forms: reads `answers` and `registry`, says `outcomes`. The only service that reads answers.
@main
struct ScoringService {
    static let definition: ServiceDefinition<ScoreForms, ScoringSettings> = {
        var definition = ServiceDefinition<ScoreForms, ScoringSettings>(
            name: .scoring,
            migrations: ScoringMigrations.all,
            tables: ScoringMigrations.tables,
            readSettings: { _ in ScoringSettings() },
            makeHandler: { _, settings in
                ScoreForms(outbox: Outbox(service: .scoring, region: settings.region))
            },
            counts: ScoringCounts.read)
        definition.isRebuiltFromTopics = true
        definition.warnings = ScoringCounts.warnings
        definition.makeParts = { context, _ in [reRun(context), settling(context)] }
        definition.takeBack = { try SaidBeforeTable.takeBack($0, in: $1) }
        definition.faultPoints = ScoringFaultPoints.all
        definition.commands = [Replay.command, Explain.command, TryInstrument.evaluate, TryInstrument.check]
        return definition
    }()

    static func main() async {
        await ServiceProcess.main(definition)
    }

    private static func reRun(_ context: ServiceContext) -> ReRun {
        let (backlog, catchingUp) = (context.backlog, context.catchingUp)
        return ReRun(
            store: context.store, outbox: context.outbox, instruments: InstrumentTable(),
            // Nothing is said before it is known whose log this is.
            waiting: { catchingUp.hasBegun ? backlog.rows : .max }, time: context.time, pace: ReRunPace(),
            logger: context.logger, metrics: ReRunMetrics(context.metrics))
    }

    private static func settling(_ context: ServiceContext) -> Settling {
        let (backlog, catchingUp) = (context.backlog, context.catchingUp)
        return Settling(
            store: context.store, outbox: context.outbox, hasCaughtUp: { catchingUp.isOver },
            waiting: { backlog.rows }, time: context.time, logger: context.logger)
    }
}

/// Scoring has no settings of its own: what it does is data, which arrives on `registry`.
struct ScoringSettings: Sendable {}
