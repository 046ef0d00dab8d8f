internal import Foundation
internal import HTTPServer
internal import Runtime
internal import Telemetry

/// Plays the municipalities that are told of referrals: takes webhooks, verifies them as Standard Webhooks 1.0.0 says,
/// answers a repeated one like the first, and lists what came. For development; it keeps everything in memory only.
///
/// `RECEIVER_SECRETS_FILE` names the municipalities' secrets, `RECEIVER_HOST` (127.0.0.1) and `RECEIVER_PORT` (8790)
/// the place to listen.
@main
struct DevelopmentReceiver {
    /// sysexits.h: the configuration is wrong.
    private static let configurationFault: Int32 = 78

    static func main() async {
        let metrics = MetricsRegistry()
        let logger = Logger.standardOutput(
            service: "development-receiver", version: "development", level: .info, time: .system, metrics: metrics)
        let server: HTTPServer
        do {
            server = try makeServer(
                environment: ProcessInfo.processInfo.environment, logger: logger, metrics: metrics)
        } catch {
            logger.error("can't start with this configuration", Field("reason", shown: "\(error)"))
            exit(configurationFault)
        }
        logger.warning("a development tool: plays the municipalities and keeps what it receives in memory only")
        let stop = StopSignal()
        let signals = TerminationSignals(raising: stop)
        let ending = await ServiceGroup([server], drainTimeout: .seconds(5)).run(until: stop)
        withExtendedLifetime(signals) {}
        if case .partEnded(let name, let error) = ending {
            logger.error(
                "ended by itself", Field("part", shown: name), Field("reason", shown: error.map { "\($0)" } ?? "none"))
            exit(EXIT_FAILURE)
        }
    }

    private static func makeServer(
        environment: [String: String], logger: Logger, metrics: MetricsRegistry
    ) throws -> HTTPServer {
        guard let path = environment["RECEIVER_SECRETS_FILE"] else { throw SettingFault(key: "RECEIVER_SECRETS_FILE") }
        guard let port = UInt16(environment["RECEIVER_PORT"] ?? "8790") else {
            throw SettingFault(key: "RECEIVER_PORT")
        }
        let routes = ReceiverRoutes(
            secrets: try ReceiverSecrets(text: String(contentsOfFile: path, encoding: .utf8)),
            received: ReceivedDeliveries(), time: .system, logger: logger)
        let address = HTTPServerSettings.Address.tcp(host: environment["RECEIVER_HOST"] ?? "127.0.0.1", port: port)
        return try HTTPServer(
            HTTPServerSettings(name: "receiver", address: address, kind: .operations), routes: [routes.group],
            logger: logger, metrics: metrics)
    }

    private struct SettingFault: Error, CustomStringConvertible {
        let key: String
        var description: String { "\(key) is missing or no port" }
    }
}
