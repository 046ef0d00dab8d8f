internal import Delivery
internal import Events
internal import Runtime

/// Keeps the facts of every topic but answers, and shows what they come to: the chain from a visit to a municipality's
/// answer, with small groups hidden.
@main
struct ReportingService {
    static let definition: ServiceDefinition<KeepFacts, ReportingSettings> = {
        var definition = ServiceDefinition<KeepFacts, ReportingSettings>(
            name: .reporting,
            migrations: ReportingMigrations.all,
            tables: ReportingMigrations.tables,
            readSettings: { ReportingSettings(&$0) },
            makeHandler: { _, _ in KeepFacts() },
            counts: ReportingCounts.read)
        definition.checkFiles = { try $0.publicServer.checkFiles() }
        definition.isRebuiltFromTopics = true
        definition.makeParts = { context, settings in
            let releases = Releases(region: context.settings.region, store: context.store, time: context.time)
            let groups = ReportingRoutes.groups(ReleaseEndpoints(releases: releases))
            return [try settings.publicServer.makeServer(groups, in: context)]
        }
        return definition
    }()

    static func main() async {
        await ServiceProcess.main(definition)
    }
}
