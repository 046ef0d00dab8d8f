internal import Foundation
internal import HTTPClient
internal import HTTPServer
internal import Telemetry

/// A command on its way to the running service: HTTP over the socket in the data directory, which only its owner can
/// open.
struct CommandRequest: Codable, Sendable {
    let words: [String]
    let operatorName: String
}

/// The client's side of the control socket.
enum CommandSocket {
    /// What becomes of a command whose service stops meanwhile. Whatever it changed is whole: each is one transaction.
    static let serviceStopped = ServiceFault(
        description: "the service stopped before the command's end; run it again", exitCode: 75)

    /// Carries a command to the running service.
    /// - Returns: nil when no service listens there.
    static func send(_ request: CommandRequest, socketPath: String) async throws -> CommandResult? {
        guard FileManager.default.fileExists(atPath: socketPath) else { return nil }
        var settings = HTTPClientSettings()
        settings.unixSocketPath = socketPath
        settings.timeout = .seconds(600)
        let client = try HTTPClient(settings: settings)
        do {
            let response = try await client.send(
                ClientRequest(
                    .post, "http://service/command", headers: [ClientHeader("Content-Type", "application/json")],
                    body: Array(try JSONEncoder().encode(request))))
            // It lets nobody in any more.
            if response.status == 503 { throw serviceStopped }
            guard response.status == 200 else {
                throw ServiceFault(
                    description: "the running service failed at the command (\(response.status)); see its log",
                    exitCode: 70)
            }
            return try JSONDecoder().decode(CommandResult.self, from: Data(response.body))
        } catch HTTPClientFailure.unreachable {
            return nil
        } catch HTTPClientFailure.connectionLost {
            throw serviceStopped
        }
    }

    /// The route that the running service serves at its socket.
    static func route(_ execute: @escaping @Sendable (CommandRequest) async throws -> CommandResult) -> Route {
        Route(
            .post, "/command", access: .probe, accepts: ["application/json"], timeout: .seconds(600)
        ) { request in
            let command: CommandRequest
            do {
                command = try JSONDecoder().decode(CommandRequest.self, from: Data(request.body))
            } catch {
                throw Problem.badRequest("not a command")
            }
            return try .json(200, try await execute(command))
        }
    }
}
