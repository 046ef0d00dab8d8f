internal import Delivery
internal import Events
internal import HTTPClient
internal import Runtime
internal import Store

/// Tells municipalities of referrals, under the consent's rule and no more than it allows, and takes their answers.
@main
struct NotifierService {
    static let definition: ServiceDefinition<FollowReferrals, NotifierSettings> = {
        var definition = ServiceDefinition<FollowReferrals, NotifierSettings>(
            name: .notifier,
            migrations: NotifierMigrations.all,
            tables: NotifierMigrations.tables,
            readSettings: { NotifierSettings(&$0) },
            makeHandler: { _, _ in FollowReferrals() },
            counts: NotifierCounts.read)
        definition.checkFiles = { try $0.checkFiles() }
        definition.watchedTopics = NotifierSettings.watchedTopics
        definition.makeParts = makeParts
        definition.faultPoints = NotifierFaultPoints.all
        definition.takeBack = TakeBack.apply
        return definition
    }()

    static func main() async {
        await ServiceProcess.main(definition)
    }

    /// The public port is stopped first: whoever is told no more may still answer until then.
    @Sendable private static func makeParts(
        _ context: ServiceContext, _ settings: NotifierSettings
    ) async throws -> [any RunningPart] {
        do {
            _ = try SwedishDay.at(context.time.now())
        } catch {
            throw ServiceFault(description: error.description, exitCode: 78)
        }
        let client: HTTPClient
        do {
            client = try HTTPClient(settings: settings.client)
        } catch {
            throw ServiceFault(description: "webhooks can't be sent: \(error.hint)", exitCode: 78)
        }
        let routes = PublicRoutes(context: context, takeAnswer: TakeAnswer(outbox: context.outbox))
        return [
            courier(context, settings, HTTPWebhookSender(client: client, time: context.time)),
            try settings.publicServer.makeServer([routes.group], in: context),
        ]
    }

    private static func courier(
        _ context: ServiceContext, _ settings: NotifierSettings, _ sender: any WebhookSender
    ) -> Courier {
        let jitter: @Sendable () -> Double = { .random(in: 0..<1) }
        let outcome = AttemptOutcome(
            schedule: settings.schedule, outbox: context.outbox, endpoints: settings.endpoints, jitter: jitter)
        let seenEnds = context.seenEnds
        return Courier(
            store: context.store, endpoints: settings.endpoints,
            beginning: AttemptBeginning(endpoints: settings.endpoints, outcome: outcome) { now in
                seenEnds.isFresh(at: now, within: NotifierSettings.viewAgeMax)
            },
            outcome: outcome, sender: sender, lanes: Lanes(), time: context.time, jitter: jitter,
            logger: context.logger, metrics: CourierMetrics(context.metrics))
    }
}
