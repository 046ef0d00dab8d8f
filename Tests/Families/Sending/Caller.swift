internal import Cryptography
internal import Foundation
internal import HTTPClient
internal import Runtime
internal import Support

/// Sends one request as somebody, and waits as long as a patient person would: again where a service asks for it.
struct Caller: Sendable {
    /// What a service refused, with its own words.
    struct Refusal: Error, CustomStringConvertible {
        let status: Int
        let body: String
        var description: String { "\(status) \(body.prefix(600))" }
    }

    /// Nothing came within the bound.
    struct Impatience: Error, CustomStringConvertible {
        let description: String
    }

    private static let attemptsMax = 20

    let client: HTTPClient
    let base: String
    let token: String?

    func get(_ path: String) async throws -> JSONValue { try await send(.get, path, body: nil, contentType: nil) }

    func post(_ path: String, _ body: JSONValue, contentType: String = "application/json") async throws -> JSONValue {
        try await send(.post, path, body: body, contentType: contentType)
    }

    private func send(
        _ method: ClientRequest.Method, _ path: String, body: JSONValue?, contentType: String?
    ) async throws -> JSONValue {
        var headers = [ClientHeader("accept", "application/json")]
        if let token { headers.append(ClientHeader("authorization", "Bearer \(token)")) }
        if let contentType { headers.append(ClientHeader("content-type", contentType)) }
        let bytes = try body.map { Array(try JSONEncoder().encode($0)) } ?? []
        if body != nil { headers.append(ClientHeader("idempotency-key", Self.key(of: path, bytes))) }
        let request = ClientRequest(method, base + path, headers: headers, body: bytes, responseBytesMax: 32 << 20)
        for _ in 1..<Self.attemptsMax {
            do {
                let response = try await client.send(request)
                guard response.status == 503 else { return try Self.value(of: response) }
                // "Again after …" is the service's own word: waiting so long is what it asks for.
                try await Task.sleep(for: .seconds(response.header("retry-after").flatMap { Int($0) } ?? 1))
            } catch let failure as HTTPClientFailure where failure.decision == .retry {
                // The service went away, perhaps after it had done what was asked: the key tells it so.
                try await Task.sleep(for: .milliseconds(500))
            }
        }
        return try Self.value(of: try await client.send(request))
    }

    /// One key for one request, the same when it is sent again.
    private static func key(of path: String, _ body: [UInt8]) -> String {
        "\"\(SHA256.hash(Array(path.utf8) + body).hexText.prefix(32))\""
    }

    private static func value(of response: ClientResponse) throws -> JSONValue {
        guard (200...299).contains(response.status) else {
            throw Refusal(status: response.status, body: String(decoding: response.body, as: UTF8.self))
        }
        if let location = response.header("location"), response.body.isEmpty { return .string(location) }
        return response.body.isEmpty ? .null : try JSONDecoder().decode(JSONValue.self, from: Data(response.body))
    }
}

/// Asks again until there is an answer, at growing intervals.
func awaited<Value: Sendable>(
    _ what: String, within limit: Duration, _ ask: @Sendable () async throws -> Value?
) async throws -> Value {
    let backoff = Backoff(first: .milliseconds(20), ceiling: .milliseconds(500))
    let deadline = ContinuousClock.now + limit
    var asked = 0
    while true {
        if let value = try await ask() { return value }
        asked += 1
        guard ContinuousClock.now < deadline else {
            throw Caller.Impatience(description: "\(what): nothing within \(limit.components.seconds) s")
        }
        try await Task.sleep(for: backoff.delay(afterFailures: asked, jitter: 0.5))
    }
}
