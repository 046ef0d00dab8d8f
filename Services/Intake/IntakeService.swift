internal import Delivery
internal import Events
internal import FHIR
internal import HTTPServer
internal import Runtime
internal import Store

/// Takes in what happens in the room: children listed, visits held, forms answered, what was agreed. The only service
/// that knows who a surrogate is.
@main
struct IntakeService {
    static let definition: ServiceDefinition<KnowCourse, IntakeSettings> = {
        var definition = ServiceDefinition<KnowCourse, IntakeSettings>(
            name: .intake,
            migrations: IntakeMigrations.all,
            tables: IntakeMigrations.tables,
            readSettings: { IntakeSettings(&$0) },
            makeHandler: { _, _ in KnowCourse() },
            counts: IntakeCounts.read)
        definition.checkFiles = { try $0.checkFiles() }
        definition.takeBack = { try TakeBack.apply($0, in: $1) }
        definition.makeParts = { context, settings in [try await publicServer(context, settings)] }
        return definition
    }()

    static func main() async {
        await ServiceProcess.main(definition)
    }

    /// Reads the reference data, publishes what is new of it, and makes the public port.
    private static func publicServer(
        _ context: ServiceContext, _ settings: IntakeSettings
    ) async throws -> HTTPServer {
        let registry = try Registry(
            registryFile: settings.registryFile, instrumentFiles: settings.instrumentFiles)
        let region = context.settings.region
        let now = context.time.now()
        let cause = Cause(trigger: .write(context.ids.ordered(now)), time: now, traceparent: nil)
        let outbox = context.outbox
        try await context.store.write { transaction in
            try PublishRegistry(registry: registry, region: region)
                .publish(to: outbox, because: cause, now: now, in: transaction)
        }
        let intake = Intake(
            registry: registry, region: region, outbox: outbox, time: context.time, ids: context.ids)
        let desk = Desk(intake: intake, store: context.store, backlog: context.backlog)
        let groups = IntakeRoutes.groups(
            desk,
            forms: FormEndpoints(
                desk: desk, profile: FormProfile(registry: registry), metrics: FormMetrics(context.metrics)),
            questionnaires: QuestionnaireEndpoints(registry: registry, version: "0.1.0"))
        return try settings.publicServer.makeServer(groups, in: context)
    }
}
