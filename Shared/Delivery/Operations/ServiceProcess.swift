internal import Configuration
internal import Documents
public import Foundation
internal import Kafka
public import Runtime
internal import Store
internal import Telemetry

/// A service's `main`: runs it, or carries out a command on it.
public enum ServiceProcess {
    /// Never returns: ends the process, but for usage with sysexits.h's codes. 0 drained or done, 1 a comparison found
    /// a difference, 2 usage, 65 wrong data, or an operator must decide, 70 a fault of the program, 74 disk, 75 the
    /// store is in another process's hands or the service stopped, 78 configuration.
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
            // Files that the settings name.
            case let faults as FileFaults: (faults.description, ConfigurationFaults.exitCode)
            case let fault as ServiceFault: (fault.description, fault.exitCode)
            case let fault as MigrationFault: (fault.description, 65)
            case let failure as StoreFailure: (failure.description, failure.code == 0 ? 75 : 74)
            case let failure as KafkaFailure: (failure.description, 78)
            case let refusal as LogRefusal: (refusal.description, 65)
            case let fault as UsageFault: (fault.description, UsageFault.exitCode)
            default: ("\(error)", 70)
            }
        tell(text)
        return code
    }

    /// A line for the person at the terminal. Where nobody can be told the exit code says it.
    static func tell(_ line: String) {
        do {
            try FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            return
        }
    }
}
