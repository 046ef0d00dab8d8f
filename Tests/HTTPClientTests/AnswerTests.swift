import Foundation
import HTTPClient
import Support
import Testing

struct AnswerTests {
    @Test func `an answer has its status, headers and body`() async throws {
        let server = try ScriptedServer { _, connection in
            connection.answer("202 Accepted", headers: ["X-Name:  value ", "x-name: second"], body: "taget emot")
        }
        let response = try await localClient().send(ClientRequest(.get, server.url + "/a?b=c"))
        #expect(response.status == 202)
        #expect(String(decoding: response.body, as: UTF8.self) == "taget emot")
        #expect(response.header("X-NAME") == "value")
        #expect(response.headers.filter { $0.name.lowercased() == "x-name" }.map(\.value) == ["value", "second"])
        #expect(response.header("absent") == nil)
    }

    @Test func `a request says what it was given and nothing more`() async throws {
        let server = try ScriptedServer { _, connection in connection.answer() }
        let body = [UInt8](0...255)
        _ = try await localClient { $0.userAgent = "Test/1" }.send(
            ClientRequest(
                .post, server.url + "/hooks",
                headers: [ClientHeader("webhook-id", "msg_1"), ClientHeader("x-empty", "")], body: body))
        let request = try #require(server.received.first)
        #expect(request.head[0] == "POST /hooks HTTP/1.1")
        #expect(
            Set(request.head.dropFirst()) == [
                "Host: 127.0.0.1:\(server.port)", "User-Agent: Test/1", "webhook-id: msg_1", "x-empty:",
                "Content-Length: 256",
            ])
        #expect(request.body == body)
    }

    @Test(arguments: [ClientRequest.Method.get, .head, .post, .put, .patch, .delete])
    func `every method goes out under its name`(method: ClientRequest.Method) async throws {
        let server = try ScriptedServer { _, connection in
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        }
        let response = try await localClient().send(ClientRequest(method, server.url + "/"))
        #expect(response.status == 204)
        #expect(response.body.isEmpty)
        #expect(server.received.map(\.head[0]) == ["\(method.rawValue) / HTTP/1.1"])
    }

    @Test(arguments: [true, false])
    func `a content type is the caller's to give`(given: Bool) async throws {
        let server = try ScriptedServer { _, connection in connection.answer() }
        let headers = given ? [ClientHeader("Content-Type", "application/json")] : []
        _ = try await localClient().send(ClientRequest(.post, server.url, headers: headers, body: Array("{}".utf8)))
        #expect(server.received.first?.header("content-type") == (given ? "application/json" : nil))
    }

    @Test(arguments: [400, 404, 410, 429, 500, 503])
    func `an error status is an answer`(status: Int) async throws {
        let server = try ScriptedServer { _, connection in
            connection.answer("\(status) No", headers: ["Retry-After: 7"], body: "why")
        }
        let response = try await localClient().send(ClientRequest(.post, server.url))
        #expect(response.status == status)
        #expect(response.header("retry-after") == "7")
        #expect(response.body == Array("why".utf8))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is an answer and isn't followed`(status: Int) async throws {
        let elsewhere = try ScriptedServer { _, connection in connection.answer() }
        let server = try ScriptedServer { _, connection in
            connection.answer("\(status) There", headers: ["Location: \(elsewhere.url)/"])
        }
        let response = try await localClient().send(ClientRequest(.post, server.url, body: [1]))
        #expect(response.status == status)
        #expect(response.header("location") == elsewhere.url + "/")
        #expect(elsewhere.connectionsAccepted == 0)
    }

    @Test func `hints before the answer are not the answer`() async throws {
        let server = try ScriptedServer { _, connection in
            connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
            connection.answer("200 OK", headers: ["X-Late: yes"])
        }
        let response = try await localClient().send(ClientRequest(.get, server.url))
        #expect(response.status == 200)
        #expect(response.header("x-early") == nil)
        #expect(response.header("x-late") == "yes")
    }

    @Test func `a chunked body is put together`() async throws {
        let server = try ScriptedServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        }
        let response = try await localClient().send(ClientRequest(.get, server.url))
        #expect(response.body == Array("abcde".utf8))
    }

    @Test func `a connection is used again`() async throws {
        let server = try ScriptedServer { _, connection in connection.answer(body: "kept") }
        let client = try localClient()
        for _ in 0..<5 { _ = try await client.send(ClientRequest(.post, server.url, body: [1])) }
        #expect(server.received.count == 5)
        #expect(server.connectionsAccepted == 1)
    }

    @Test func `a request on a kept connection that was closed meanwhile is sent on a new one`() async throws {
        let server = try ScriptedServer { request, connection in
            connection.answer(body: "once")
            connection.hangUp()
        }
        let client = try localClient()
        for _ in 0..<3 {
            let response = try await client.send(ClientRequest(.get, server.url))
            #expect(response.status == 200)
        }
        #expect(server.connectionsAccepted == 3)
    }

    @Test func `a socket file is spoken to under any host's name`() async throws {
        let path = NSTemporaryDirectory() + "barnsakert-\(UUID().uuidString.prefix(8)).socket"
        let server = try ScriptedServer(path: path) { _, connection in connection.answer(body: "local") }
        defer { unlink(path) }
        var settings = HTTPClientSettings()
        settings.unixSocketPath = path
        let response = try await HTTPClient(settings: settings).send(ClientRequest(.get, "http://scoring/v1/counts"))
        #expect(response.body == Array("local".utf8))
        #expect(server.received.first?.header("host") == "scoring")
    }
}
