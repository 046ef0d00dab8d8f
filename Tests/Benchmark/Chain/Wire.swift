import Foundation
import HTTPClient

/// The benchmark's side of 64 keep-alive connections.
struct Wire: Sendable {
    static let connections = 64
    private static let attemptsMax = 30

    let client: HTTPClient

    init() throws {
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        settings.concurrentTransfersMax = Self.connections * 2
        settings.transfersPerOriginMax = Self.connections
        settings.waitingTransfersMax = 4096
        settings.timeout = .seconds(60)
        client = try HTTPClient(settings: settings)
    }

    func get(_ url: String) async throws -> [UInt8] {
        let response = try await client.send(ClientRequest(.get, url, responseBytesMax: 16 << 20))
        guard response.status == 200 else { throw Refused(url: url, response) }
        return response.body
    }

    func counts(_ base: String) async throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: Data(try await get(base + "/v1/counts")))
    }

    /// Posts until it is taken; waits as long as a 503 asks for.
    /// - Parameter patient: statuses after which it is posted again in a moment.
    func post(
        _ url: String, token: String, type: String = "application/json", _ body: [UInt8], patient: Set<Int> = []
    ) async throws -> (response: ClientResponse, postponed: Int) {
        let headers = [ClientHeader("authorization", "Bearer " + token), ClientHeader("content-type", type)]
        let request = ClientRequest(.post, url, headers: headers, body: body)
        for postponed in 0..<Self.attemptsMax {
            let response = try await client.send(request)
            if (200...299).contains(response.status) { return (response, postponed) }
            if response.status == 503 {
                let asked = response.header("retry-after").flatMap { Int($0) } ?? 1
                try await Task.sleep(for: .seconds(asked))
            } else if patient.contains(response.status) {
                try await Task.sleep(for: .milliseconds(50 * (postponed + 1)))
            } else {
                throw Refused(url: url, response)
            }
        }
        throw Refused(url: url, nil)
    }

    struct Refused: Error, CustomStringConvertible {
        let description: String

        init(url: String, _ response: ClientResponse?) {
            let said = response.map { "\($0.status) \(String(decoding: $0.body.prefix(600), as: UTF8.self))" }
            description = "\(url): \(said ?? "postponed too often")"
        }
    }
}

/// Runs `body` for every number below `count`, as many at a time as there are connections.
func onEveryConnection(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
    let next = Numbers()
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<Wire.connections {
            group.addTask {
                while let number = next.take(below: count) { try await body(number) }
            }
        }
        try await group.waitForAll()
    }
}
