import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import Runtime
import Telemetry
import Testing

@testable import DevelopmentReceiver

/// The receiver as a sender meets it: over HTTP.
struct ReceiverTests {
    static let key = [UInt8](repeating: 7, count: 32)
    static let now = Timestamp(milliseconds: 1_780_000_000_000)

    @Test func `a delivery is taken once however often it comes`() async throws {
        try await withReceiver { url, client in
            for _ in 0..<3 {
                #expect(try await status(client, Self.delivery(to: url + "/hooks/2380")) == 204)
            }
            let listed = try await client.send(ClientRequest(.get, url + "/received"))
            let deliveries = try JSONDecoder().decode([Listed].self, from: Data(listed.body))
            #expect(deliveries == [Listed(id: "msg_1", municipality: "2380", attempts: 3, payload: #"{"type":"t"}"#)])
        }
    }

    @Test func `the same id with another body is a conflict`() async throws {
        try await withReceiver { url, client in
            let first = try await status(client, Self.delivery(to: url + "/hooks/2380"))
            let second = try await status(client, Self.delivery(to: url + "/hooks/2380", body: #"{"type":"u"}"#))
            #expect(first == 204)
            #expect(second == 409)
        }
    }

    @Test func `what isn't signed, or for somebody unknown, is not kept`() async throws {
        try await withReceiver { url, client in
            var unsigned = Self.delivery(to: url + "/hooks/2380")
            unsigned.headers.removeAll { $0.name == "webhook-signature" }
            #expect(try await status(client, unsigned) == 400)
            var forged = Self.delivery(to: url + "/hooks/2380")
            forged.body.append(UInt8(ascii: " "))
            #expect(try await status(client, forged) == 401)
            #expect(try await status(client, Self.delivery(to: url + "/hooks/9999")) == 404)
            let listed = try await client.send(ClientRequest(.get, url + "/received"))
            #expect(listed.body == Array("[]".utf8))
        }
    }

    struct Listed: Decodable, Equatable {
        let id: String
        let municipality: String
        let attempts: Int
        let payload: String
    }

    private func status(_ client: HTTPClient, _ request: ClientRequest) async throws -> Int {
        try await client.send(request).status
    }

    private static func delivery(to url: String, body: String = #"{"type":"t"}"#) -> ClientRequest {
        let seconds = now.milliseconds / 1_000
        let code = HMACSHA256.authenticate(Array("msg_1.\(seconds).\(body)".utf8), key: key)
        return ClientRequest(
            .post, url,
            headers: [
                ClientHeader("content-type", "application/json"), ClientHeader("webhook-id", "msg_1"),
                ClientHeader("webhook-timestamp", "\(seconds)"),
                ClientHeader("webhook-signature", "v1,\(Data(code).base64EncodedString())"),
            ], body: Array(body.utf8))
    }

    private func withReceiver(_ body: @Sendable (String, HTTPClient) async throws -> Void) async throws {
        let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        let secrets = try ReceiverSecrets(text: "2380 whsec_\(Data(Self.key).base64EncodedString())")
        let routes = ReceiverRoutes(
            secrets: secrets, received: ReceivedDeliveries(), time: TimeSource { Self.now }, logger: logger)
        let server = try HTTPServer(
            HTTPServerSettings(name: "receiver", address: .tcp(host: "127.0.0.1", port: 0), kind: .operations),
            routes: [routes.group], logger: logger, metrics: MetricsRegistry())
        try server.start()
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        let client = try HTTPClient(settings: settings)
        let url = "http://127.0.0.1:\(try #require(server.port))"
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(until: stop) }
            defer { stop.stop() }
            try await body(url, client)
            stop.stop()
            try await group.waitForAll()
        }
    }
}
