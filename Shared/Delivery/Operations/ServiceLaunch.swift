internal import Configuration
internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// From the words of a command line to a running service or a finished command.
struct ServiceLaunch<Handler: RecordHandler, Settings: Sendable>: Sendable {
    let definition: ServiceDefinition<Handler, Settings>
    let environment: [String: String]
    let time: TimeSource
    let ids: IdentifierSource

    func perform(_ words: [String]) async throws -> Int32 {
        switch words {
        case []: return try await runService()
        case ["check-config"]:
            try check(try readSettings())
            return try show(["the settings are right"])
        case ["settings"]:
            let rows = SettingsReader.describe(readAll).map(\.tableRow)
            return try show([SettingDescription.tableHead] + rows)
        case ["fault-points"]:
            let points = DeliveryFaultPoints.all + DeliveryFaultPoints.recovering + definition.faultPoints
            return try show(points.map(\.name))
        case ["--version"]: return try show([ServiceProcessVersion.text])
        case ["--help"]: return try show([OperatorCommand.usage(with: definition.commands)])
        default: return try await carryOut(words)
        }
    }

    private func readAll(_ reader: inout SettingsReader) -> (ServiceSettings, Settings) {
        (ServiceSettings(&reader, service: definition.name), definition.readSettings(&reader))
    }

    private func readSettings() throws(ConfigurationFaults) -> (ServiceSettings, Settings) {
        try SettingsReader.read(environment) { readAll(&$0) }
    }

    /// What can be told of settings without store and broker.
    private func check(_ settings: (common: ServiceSettings, own: Settings)) throws {
        try settings.common.kafka.check()
        try definition.checkFiles(settings.own)
    }

    private func runService() async throws -> Int32 {
        let (settings, own) = try readSettings()
        // Before a store is made or brought up to date for a service that doesn't start.
        try check((settings, own))
        let stop = StopSignal()
        let signals = TerminationSignals(raising: stop)
        let assembly = try await open(settings, own, logLevel: settings.logLevel)
        let code = try await ServiceRun(assembly: assembly, stop: stop).run()
        withExtendedLifetime(signals) {}
        return code
    }

    private func open(
        _ settings: ServiceSettings, _ own: Settings, logLevel: Logger.Level
    ) async throws -> ServiceAssembly<Handler, Settings> {
        let metrics = MetricsRegistry()
        metrics.describeProcess(
            service: definition.name.rawValue, version: ServiceProcessVersion.text, startedAt: time.now())
        let logger = Logger.standardOutput(
            service: definition.name.rawValue, version: ServiceProcessVersion.text, level: logLevel,
            time: time, metrics: metrics)
        // From the files that it needs: before a store is made or brought up to date for one that can't be.
        let handler = try definition.makeHandler(own, settings)
        let directory = try DataDirectory(locking: settings.dataDirectory)
        return try await ServiceAssembly.open(
            definition, settings: settings, own: own, handler: handler, directory: directory, metrics: metrics,
            logger: logger, time: time, ids: ids)
    }

    private func carryOut(_ words: [String]) async throws -> Int32 {
        guard !words.contains(CommandResult.GoingOn.option) else {
            throw UsageFault("\(CommandResult.GoingOn.option) is for the command itself")
        }
        let asked = try AskedCommand(words, own: definition.commands)
        if case .offline(let work) = asked { return try show(work()) }
        let (settings, own) = try readSettings()
        let name = environment["SUDO_USER"] ?? environment["USER"] ?? "operator"
        if case .common(.restore(let path)) = asked {
            let backup = ServiceBackup(service: definition.name, keys: settings.backupKeys, time: time)
            return try show(await backup.restore(from: path, into: DataDirectory(locking: settings.dataDirectory)))
        }
        if asked.worksOnRunningService {
            let socket = settings.dataDirectory + "/control.sock"
            let send = { (words: [String]) in
                try await CommandSocket.send(CommandRequest(words: words, operatorName: name), socketPath: socket)
            }
            if let first = try await send(withAbsolutePath(words)) {
                return try await follow(first) { words in
                    guard let next = try await send(words) else { throw CommandSocket.serviceStopped }
                    return next
                }
            }
        }
        return try await carryOutOnStore(asked, words, settings, own, by: name)
    }

    /// The store's lock says that the service doesn't run.
    private func carryOutOnStore(
        _ asked: AskedCommand, _ words: [String], _ settings: ServiceSettings, _ own: Settings, by name: String
    ) async throws -> Int32 {
        // A mistyped directory would be made: a replay of nothing would find no difference, and a take-over by it
        // would fence the healthy store.
        guard asked.mayMakeStore || DataDirectory.hasDatabase(at: settings.dataDirectory) else {
            throw ServiceFault(
                description: "there is no store in \(settings.dataDirectory): check DATA_DIRECTORY", exitCode: 78)
        }
        // A command's output is its result: only what went wrong is logged beside it.
        let assembly = try await open(settings, own, logLevel: .error)
        let executor = CommandExecutor(
            service: definition.name, settings: settings, store: assembly.store, names: assembly.names, time: time,
            own: definition.commands, applyReady: { try await assembly.applyReady() }, wakeRelay: {})
        let code: Int32
        switch asked {
        case .common(let command) where command == .recover(.rolledBack) || command == .recover(.takeOver):
            code = try show(await BrokerRecovery(assembly: assembly).perform(command, executor.recovering(name)))
        default:
            code = try await follow(try await executor.execute(words, by: name)) {
                try await executor.execute($0, by: name)
            }
        }
        await assembly.store.close()
        return code
    }

    /// Shows what a command says until nothing of it is left.
    private func follow(
        _ first: CommandResult, _ goOn: ([String]) async throws -> CommandResult
    ) async throws -> Int32 {
        var result = first
        while let next = result.goesOn {
            _ = try show(result.lines)
            ServiceProcess.tell(next.progress)
            result = try await goOn(next.words)
        }
        return try show(result)
    }

    /// The running service has another working directory than the person at the terminal.
    private func withAbsolutePath(_ words: [String]) -> [String] {
        guard words.count == 2, words[0] == "backup" else { return words }
        return [words[0], URL(fileURLWithPath: words[1]).path]
    }

    private func show(_ result: CommandResult) throws(ServiceFault) -> Int32 {
        _ = try show(result.lines)
        return result.exitCode
    }

    private func show(_ lines: [String]) throws(ServiceFault) -> Int32 {
        if lines.isEmpty { return 0 }
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
        } catch {
            // Foundation's own write ends the process with a trap.
            throw ServiceFault(description: "the output can't be written", exitCode: 74)
        }
        return 0
    }
}
