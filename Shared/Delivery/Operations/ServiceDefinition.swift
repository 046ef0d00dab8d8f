public import Configuration
public import Events
public import Runtime
public import Store
public import Telemetry

/// What makes one service differ from the others. `ServiceProcess` does the rest.
public struct ServiceDefinition<Handler: RecordHandler, Settings: Sendable>: Sendable {
    /// Which of the five.
    public var name: ServiceName
    /// The steps of its own tables.
    public var migrations: [Migration]
    /// One rule for each of its own tables.
    public var tables: [TableRule]
    /// Reads its own settings.
    public var readSettings: @Sendable (inout SettingsReader) -> Settings
    /// Reads the files that its settings name and keeps nothing of them: for `check-config`, and before a start touches
    /// the store. What reads its files together with the settings has none.
    public var checkFiles: @Sendable (Settings) throws -> Void = { _ in }
    /// Makes what handles its records. Called before the store is opened, by a start and by commands on the store.
    public var makeHandler: @Sendable (Settings, ServiceSettings) throws -> Handler
    /// Topics whose ends must have been seen lately before something may be done; see `SeenEnds`.
    public var watchedTopics: Set<Topic> = []
    /// What it counts of its own, for `/v1/counts` and for the reconciling of the chain. Facts, never events.
    public var counts: @Sendable (ReadScope) throws -> [Count]
    /// What else `/readyz` shows of it; each is a warning while it holds. Asked at every probe: cheap.
    public var warnings: @Sendable (ReadScope) throws -> [ReadinessWarning] = { _ in [] }
    /// Its own parts beside worker and relay: a public port, timers. Started last, stopped first.
    public var makeParts: @Sendable (ServiceContext, Settings) async throws -> [any RunningPart] = { _, _ in [] }
    /// Its own commands, beside those that every service has.
    public var commands: [ServiceCommand] = []
    /// Its own places at which the crash suite ends it, beside Delivery's.
    public var faultPoints: [FaultPoint] = []
    /// Whether a lost store is made again from the topics (DESIGN 3.3) instead of from a backup.
    public var isRebuiltFromTopics = false
    /// Writes its own tables again from an event that it had said itself, after a restore or a loss. Called in the
    /// order of saying within a topic's key; between topics and keys in any.
    public var takeBack: @Sendable (ReceivedEvent, Transaction) throws -> Void = { _, _ in }

    /// A service without public port, timers or own taking back; set those on the value.
    public init(
        name: ServiceName, migrations: [Migration], tables: [TableRule],
        readSettings: @escaping @Sendable (inout SettingsReader) -> Settings,
        makeHandler: @escaping @Sendable (Settings, ServiceSettings) throws -> Handler,
        counts: @escaping @Sendable (ReadScope) throws -> [Count]
    ) {
        self.name = name
        self.migrations = migrations
        self.tables = tables
        self.readSettings = readSettings
        self.makeHandler = makeHandler
        self.counts = counts
    }

    /// All migrations of the service's store.
    public var allMigrations: [Migration] { DeliveryTables.migrations + [AuditTrail.migration] + migrations }

    /// The one function that erases a child from this service's store.
    public var erasure: Erasure { Erasure(DeliveryTables.rules + [AuditTrail.rule] + tables) }
}

/// A number with its name, as "forms.accepted".
public struct Count: Sendable, Equatable {
    /// Dotted, lower case.
    public let name: String
    /// How many.
    public let value: Int

    /// A named number.
    public init(_ name: String, _ value: Int) {
        self.name = name
        self.value = value
    }
}

/// Something that is worth a look although the service can serve those who call it.
public struct ReadinessWarning: Sendable, Equatable {
    /// As "re-runs:open".
    public let name: String
    /// Whether it is so now.
    public let holds: Bool

    /// A named warning.
    public init(_ name: String, holds: Bool) {
        self.name = name
        self.holds = holds
    }
}

/// What a service's own parts are given.
public struct ServiceContext: Sendable {
    /// Which of the five.
    public let service: ServiceName
    /// What every service is told.
    public let settings: ServiceSettings
    /// The store.
    public let store: Store
    /// Where to say events.
    public let outbox: Outbox
    /// How much waits to be published.
    public let backlog: Backlog
    /// Since when the watched topics are known to have been read to their ends.
    public let seenEnds: SeenEnds
    /// How far the worker has come with what was in its logs when it began.
    public let catchingUp: CatchingUp
    /// Log lines.
    public let logger: Logger
    /// Metrics.
    public let metrics: MetricsRegistry
    /// The clock.
    public let time: TimeSource
    /// New identifiers.
    public let ids: IdentifierSource
}

/// Why a service can't start or go on, for the operator.
public struct ServiceFault: Error, Sendable, CustomStringConvertible {
    /// One line for the operator.
    public let description: String
    /// The process's exit code (sysexits.h).
    public let exitCode: Int32

    /// A fault that ends the process.
    public init(description: String, exitCode: Int32) {
        self.description = description
        self.exitCode = exitCode
    }
}
