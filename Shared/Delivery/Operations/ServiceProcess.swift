internal import Configuration
public import Foundation
internal import Kafka
public import Runtime
internal import Store
internal import Telemetry

/// A service's `main`: runs it, or carries out a command on it.
public enum ServiceProcess {
    /// Never returns: ends the process with sysexits.h's codes. 0 drained or done, 64 usage, 65 an operator must
    /// decide, 70 a fault of the program, 74 disk, 75 the store is in another process's hands, 78 configuration.
    public static func main<Handler, Settings>(
        _ definition: ServiceDefinition<Handler, Settings>, arguments: [String] = CommandLine.arguments,
        environment: [String: String] = ProcessInfo.processInfo.environment, time: TimeSource = .system,
        ids: IdentifierSource = .system
    ) async -> Never {
        let launch = ServiceLaunch(definition: definition, environment: environment, time: time, ids: ids)
        let code: Int32
        do {
            code = try await launch.perform(Array(arguments.dropFirst()))
        } catch {
            code = report(error)
        }
        exit(code)
    }

    /// Faults before there is a log: one line each on standard error.
    private static func report(_ error: any Error) -> Int32 {
        let (text, code): (String, Int32) =
            switch error {
            case let faults as ConfigurationFaults: (faults.description, ConfigurationFaults.exitCode)
            case let fault as ServiceFault: (fault.description, fault.exitCode)
            case let fault as MigrationFault: (fault.description, 65)
            case let failure as StoreFailure: (failure.description, failure.code == 0 ? 75 : 74)
            case let failure as KafkaFailure: (failure.description, 78)
            case let refusal as LogRefusal: (refusal.description, 65)
            case let misunderstood as OperatorCommand.Misunderstood: (misunderstood.description, 64)
            default: ("\(error)", 70)
            }
        FileHandle.standardError.write(Data((text + "\n").utf8))
        return code
    }
}
