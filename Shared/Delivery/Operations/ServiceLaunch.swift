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
            _ = try readSettings()
            return show(["the settings are right"])
        case ["settings"]:
            let rows = SettingsReader.describe(readAll).map(\.tableRow)
            return show([SettingDescription.tableHead] + rows)
        case ["fault-points"]:
            let points = DeliveryFaultPoints.all + DeliveryFaultPoints.recovering + definition.faultPoints
            return show(points.map(\.name))
        case ["--version"]: return show([ServiceProcessVersion.text])
        case ["--help"]: return show([OperatorCommand.usage])
        default: return try await carryOut(OperatorCommand(words), words)
        }
    }

    private func readAll(_ reader: inout SettingsReader) -> (ServiceSettings, Settings) {
        (ServiceSettings(&reader, service: definition.name), definition.readSettings(&reader))
    }

    private func readSettings() throws(ConfigurationFaults) -> (ServiceSettings, Settings) {
        try SettingsReader.read(environment) { readAll(&$0) }
    }

    private func runService() async throws -> Int32 {
        let (settings, own) = try readSettings()
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
        let directory = try DataDirectory(locking: settings.dataDirectory)
        return try await ServiceAssembly.open(
            definition, settings: settings, own: own, directory: directory, metrics: metrics, logger: logger,
            time: time, ids: ids)
    }

    /// By the socket when the service runs, else on the store itself, whose lock then says that it doesn't.
    private func carryOut(_ command: OperatorCommand, _ words: [String]) async throws -> Int32 {
        let (settings, own) = try readSettings()
        let name = environment["SUDO_USER"] ?? environment["USER"] ?? "operator"
        if command.worksOnRunningService {
            let socket = settings.dataDirectory + "/control.sock"
            let request = CommandRequest(words: withAbsolutePath(words), operatorName: name)
            if let result = try await CommandSocket.send(request, socketPath: socket) { return show(result) }
        }
        if case .restore(let path) = command {
            let backup = ServiceBackup(service: definition.name, keys: settings.backupKeys, time: time)
            return show(try await backup.restore(from: path, into: DataDirectory(locking: settings.dataDirectory)))
        }
        // A command's output is its result: only what went wrong is logged beside it.
        let assembly = try await open(settings, own, logLevel: .error)
        let executor = CommandExecutor(
            service: definition.name, settings: settings, store: assembly.store, names: assembly.names, time: time,
            applyReady: { try await assembly.applyReady() }, wakeRelay: {})
        let result: CommandResult
        switch command {
        case .recover(.rolledBack), .recover(.takeOver):
            result = try await BrokerRecovery(assembly: assembly).perform(command, executor.recovering(name))
        default: result = try await executor.execute(command, by: name)
        }
        await assembly.store.close()
        return show(result)
    }

    /// The running service has another working directory than the person at the terminal.
    private func withAbsolutePath(_ words: [String]) -> [String] {
        guard words.count == 2, words[0] == "backup" else { return words }
        return [words[0], URL(fileURLWithPath: words[1]).path]
    }

    private func show(_ result: CommandResult) -> Int32 {
        _ = show(result.lines)
        return result.exitCode
    }

    private func show(_ lines: [String]) -> Int32 {
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
        return 0
    }
}
