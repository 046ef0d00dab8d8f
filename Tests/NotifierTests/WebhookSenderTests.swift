import Events
import Foundation
import HTTPClient
import Runtime
import Support
import Testing

@testable import Notifier

@Suite("A webhook on the wire")
struct WebhookSenderTests {
    private func send(to url: String, timeout: Duration = .seconds(5)) async throws -> AttemptResult {
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        settings.timeout = timeout
        let sender = HTTPWebhookSender(client: try HTTPClient(settings: settings), time: .system)
        let secret = try #require(WebhookSecret(WebhookSignatureTests.secretText))
        let body = Array(#"{"a":1}"#.utf8)
        let signature = WebhookSignature(
            id: "msg_1", at: WebhookSignatureTests.time, body: body, secrets: [secret])
        return await sender.send(body, signed: signature, to: url)
    }

    @Test("carries the three headers and the signed bytes")
    func headers() async throws {
        let server = try ScriptedServer { _, connection in connection.answer("204 No Content") }
        #expect(try await send(to: server.url + "/hook") == .taken)
        let received = try #require(server.received.first)
        #expect(received.head.first == "POST /hook HTTP/1.1")
        #expect(received.header("webhook-id") == "msg_1")
        #expect(received.header("webhook-timestamp") == "1700000000")
        #expect(received.header("webhook-signature") == "v1,tDnYFrCIK4MQWDoOot4FXQ7/xKQ3Ta7J5hEfw60KmoA=")
        #expect(received.header("content-type") == "application/json")
        #expect(received.body == Array(#"{"a":1}"#.utf8))
    }

    @Test("a redirect is a failure and not followed")
    func redirect() async throws {
        let server = try ScriptedServer { _, connection in
            connection.answer("302 Found", headers: ["Location: /elsewhere"])
        }
        #expect(try await failure(server.url)?.errorClass == .refused)
        #expect(server.received.count == 1)
    }

    @Test(
        "statuses",
        arguments: [
            (200, "taken", nil, false, false), (299, "taken", nil, false, false), (410, "gone", nil, false, false),
            (400, "status-400", .refused, false, false), (401, "status-401", .refused, false, false),
            (429, "status-429", .serverError, false, true), (500, "status-500", .serverError, true, true),
            (503, "status-503", .serverError, true, true), (504, "status-504", .timeout, true, true),
        ] as [(Int, String, DeliveryErrorClass?, Bool, Bool)])
    func statuses(status: Int, name: String, errorClass: DeliveryErrorClass?, arrived: Bool, down: Bool) {
        let result = HTTPWebhookSender.result(ofStatus: status, retryAfter: .seconds(7))
        #expect(result.name == name)
        if case .failed(let failure) = result {
            #expect(failure.errorClass == errorClass)
            #expect(failure.mayHaveArrived == arrived)
            #expect(failure.isReceiverDown == down)
            #expect(failure.retryAfter == .seconds(7))
        } else {
            #expect(errorClass == nil)
        }
    }

    @Test("Retry-After is read")
    func retryAfter() async throws {
        let server = try ScriptedServer { _, connection in
            connection.answer("503 Service Unavailable", headers: ["Retry-After: 30"])
        }
        #expect(try await failure(server.url)?.retryAfter == .seconds(30))
    }

    @Test("no answer may have arrived; no connection has not")
    func noAnswer() async throws {
        let silent = try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        let late = try await failure(silent.url, timeout: .milliseconds(300))
        #expect(late?.errorClass == .timeout)
        #expect(late?.mayHaveArrived == true)
        let url = silent.url
        silent.stop()
        let refused = try await failure(url)
        #expect(refused?.errorClass == .connection)
    }

    private func failure(_ url: String, timeout: Duration = .seconds(5)) async throws -> AttemptResult.Failure? {
        let result = try await send(to: url, timeout: timeout)
        if case .failed(let failure) = result { return failure }
        Issue.record("\(result.name)")
        return nil
    }
}
