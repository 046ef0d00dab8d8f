internal import Delivery
internal import Events
internal import Runtime
internal import Store

/// Turns accepted offers with complete consents into referrals, and tells their course. Never sees an outcome: only the
/// offer that followed.
@main
struct ReferralRouterService {
    static let definition: ServiceDefinition<RouteOffers, ReferralRouterSettings> = {
        var definition = ServiceDefinition<RouteOffers, ReferralRouterSettings>(
            name: .referralRouter,
            migrations: ReferralRouterMigrations.all,
            tables: ReferralRouterMigrations.tables,
            readSettings: { ReferralRouterSettings(&$0) },
            makeHandler: { settings, _ in
                RouteOffers(recipients: Recipients(try ContactListsFile(path: settings.contactListsFile)))
            },
            counts: RouterCounts.read)
        definition.checkFiles = { _ = try ContactListsFile(path: $0.contactListsFile) }
        definition.takeBack = TakeBackSaid.takeBack
        definition.makeParts = { context, settings in
            try await start(context, settings)
            return []
        }
        return definition
    }()

    static func main() async {
        await ServiceProcess.main(definition)
    }

    /// Publishes what is new in the file, and places offers that were held for want of a recipient.
    private static func start(_ context: ServiceContext, _ settings: ReferralRouterSettings) async throws {
        let file = try ContactListsFile(path: settings.contactListsFile)
        let now = context.time.now()
        let cause = Cause(trigger: .write(context.ids.ordered(now)), time: now, traceparent: nil)
        let outbox = context.outbox
        let publishing = PublishContactLists(file: file, region: context.settings.region)
        try await context.store.write { try publishing.publish(to: outbox, because: cause, now: now, in: $0) }
        try await ReassessUnplaced(recipients: Recipients(file), outbox: outbox, cause: cause, now: now)
            .run(in: context.store)
    }
}

extension Recipients {
    init(_ file: ContactListsFile) {
        self.init(lists: file.lists, recipients: file.recipients)
    }
}
