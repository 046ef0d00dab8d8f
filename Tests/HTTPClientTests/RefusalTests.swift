import HTTPClient
import Support
import Testing

struct RefusalTests {
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ])
    func `a body over the limit is refused`(head: String) async throws {
        let server = try ScriptedServer { _, connection in
            connection.write(head + String(repeating: "x", count: 1_001))
            connection.waitUntilPeerLeaves()
        }
        let request = ClientRequest(.get, server.url, responseBytesMax: 1_000)
        #expect(await failure(of: try localClient(), request) == .tooLarge)
    }

    @Test func `a body of the limit's size is taken`() async throws {
        let server = try ScriptedServer { _, connection in
            connection.answer(body: String(repeating: "x", count: 1_000))
        }
        let response = try await localClient().send(ClientRequest(.get, server.url, responseBytesMax: 1_000))
        #expect(response.body.count == 1_000)
    }

    @Test func `headers without end are refused`() async throws {
        let server = try ScriptedServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\n")
            for number in 0..<80 { connection.write("X-\(number): \(String(repeating: "h", count: 1_000))\r\n") }
            connection.waitUntilPeerLeaves()
        }
        #expect(await failure(of: try localClient(), ClientRequest(.get, server.url)) == .tooLarge)
    }

    /// Nothing listens on the port of tcpmux; a port that was just freed could be another test's at once.
    @Test func `a closed port is unreachable`() async throws {
        let client = try localClient()
        #expect(await failure(of: client, ClientRequest(.get, "http://127.0.0.1:1/")) == .unreachable)
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.9 what\r\n\r\n"])
    func `what isn't HTTP is refused`(answer: String) async throws {
        let server = try ScriptedServer { _, connection in
            connection.write(answer)
            connection.hangUp()
        }
        #expect(await failure(of: try localClient(), ClientRequest(.get, server.url)) == .badResponse)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    func `a connection that breaks is lost`(answer: String) async throws {
        let server = try ScriptedServer { _, connection in
            connection.write(answer)
            connection.hangUp()
        }
        #expect(await failure(of: try localClient(), ClientRequest(.get, server.url)) == .connectionLost)
    }

    @Test(arguments: [
        "", "/path", "127.0.0.1:80", "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://",
        "http://user:secret@127.0.0.1/", "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1:99999/",
        "http://127.0.0.1/\0",
    ])
    func `what isn't an http URL is refused`(url: String) async throws {
        #expect(await failure(of: try localClient(), ClientRequest(.get, url)) == .unusableRequest(.url))
    }

    @Test(arguments: [
        ClientHeader("", "v"), ClientHeader("a b", "v"), ClientHeader("a:", "v"), ClientHeader("a\r\nb", "v"),
        ClientHeader("a", "v\r\nb: c"), ClientHeader("a", "v\nb"), ClientHeader("a", "v\0"),
        ClientHeader("Host", "elsewhere"), ClientHeader("content-length", "1"),
        ClientHeader("Transfer-Encoding", "chunked"), ClientHeader("å", "v"),
    ])
    func `a header that could be taken for another is refused`(header: ClientHeader) async throws {
        let server = try ScriptedServer { _, connection in connection.answer() }
        let request = ClientRequest(.get, server.url, headers: [header])
        #expect(await failure(of: try localClient(), request) == .unusableRequest(.header))
        #expect(server.connectionsAccepted == 0)
    }

    @Test func `a GET has no body`() async throws {
        let request = ClientRequest(.get, "http://127.0.0.1/", body: [1])
        #expect(await failure(of: try localClient(), request) == .unusableRequest(.body))
    }

    @Test func `settings that can't work are refused at the start`() {
        let changes: [(HTTPClientFailure.Setting, (inout HTTPClientSettings) -> Void)] = [
            (.limit, { $0.concurrentTransfersMax = 0 }),
            (.limit, { $0.timeout = .zero }),
            (.userAgent, { $0.userAgent = "a\r\nb" }),
            (.socketPath, { $0.unixSocketPath = "/" + String(repeating: "s", count: 107) }),
            (.authorities, { $0.authoritiesFile = "/nowhere/authorities.pem" }),
            (.certificate, { $0.certificateFile = "/nowhere/certificate.pem" }),
        ]
        for (setting, change) in changes {
            #expect(throws: HTTPClientFailure.unusableSetting(setting)) { try localClient(change) }
        }
    }

    @Test func `every failure has a name and tells the operator something`() {
        let failures: [HTTPClientFailure] = [
            .unusableRequest(.url), .unusableRequest(.header), .unusableRequest(.body), .unusableSetting(.limit),
            .overloaded, .unresolved, .refusedAddress, .unreachable, .timedOut(.waiting), .timedOut(.connecting),
            .timedOut(.answering), .tls, .unusableCertificate, .connectionLost, .tooLarge, .badResponse, .cancelled,
            .other(code: 27),
        ]
        #expect(Set(failures.map(\.name)).count == failures.count)
        #expect(Set(failures.map(\.hint)).count == failures.count)
    }
}
