import HTTPServer
import Runtime
import Support
import Testing

@Suite("A slow")
struct SlownessTests {
    static let post = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"

    @Test("body is waited for, piece by piece")
    func slowBody() async throws {
        try await withOpenServer([.echo()]) { subject in
            let client = try subject.connect()
            try await client.send(Self.post + "Content-Length: 10\r\n\r\n")
            for _ in 0..<5 {
                try await Task.sleep(for: .milliseconds(20))
                try await client.send("ab")
            }
            let answer = try await client.answer()
            #expect(answer.text == "ababababab")
        }
    }

    @Test("client that has said its last word is let go at once, and half a body is no request")
    func halfClose() async throws {
        let handled = StopSignal()
        let route = Route(.get, "/later", access: .probe) { _ in
            try await Task.sleep(for: .milliseconds(100))
            handled.stop()
            return .text(200, "late")
        }
        try await withOpenServer([route, .echo()]) { subject in
            // The library takes the end of what a client sends for the end of the client, and drops the answer if it
            // isn't on its way yet. What the handler did stands; the client learns of it by asking again.
            let client = try subject.connect()
            try await client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            await client.finishSending()
            await handled.wait()
            let rest = try await client.rest()
            #expect(rest.isEmpty || String(decoding: rest, as: UTF8.self).hasSuffix("late"))
            let cut = try subject.connect()
            try await cut.send(Self.post + "Content-Length: 10\r\n\r\nabc")
            await cut.finishSending()
            #expect(await cut.isClosed())
        }
    }

    @Test("handler is cancelled at its deadline, and the caller gets 504")
    func deadline() async throws {
        let cancelled = StopSignal()
        let stubborn = StopSignal()
        let routes = [
            Route(.get, "/heeds", access: .probe, timeout: .milliseconds(50)) { _ in
                do {
                    try await Task.sleep(for: .seconds(60))
                } catch {
                    cancelled.stop()
                    throw error
                }
                return .text(200, "never")
            },
            Route(.get, "/ignores", access: .probe, timeout: .milliseconds(50)) { _ in
                await withCheckedContinuation { continuation in
                    Task {
                        await stubborn.wait()
                        continuation.resume()
                    }
                }
                return .text(200, "never")
            },
        ]
        try await withOpenServer(routes) { subject in
            for path in ["/heeds", "/ignores"] {
                let client = try subject.connect()
                let answer = try await client.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.status == 504)
                #expect(await client.isClosed())
            }
            await cancelled.wait()
            stubborn.stop()
        }
    }

    @Test(
        "client that drips its headers or its body is cut off",
        arguments: ["GET /hello HTTP/1.1\r\nX: ", post + "Content-Length: 100000\r\n\r\n"])
    func dripping(_ beginning: String) async throws {
        var limits = HTTPServerLimits()
        limits.transferTimeout = .milliseconds(300)
        try await withOpenServer([.hello(), .echo()], limits: limits) { subject in
            let client = try subject.connect()
            try await client.send(beginning)
            let cut = try await eventually {
                do {
                    try await client.send("x")
                    return false
                } catch {
                    return true
                }
            }
            #expect(cut)
            let counted = try await eventually {
                subject.numbers.contains(#"http_connections_cut_off_total{server="test"} 1"#)
            }
            #expect(counted)
        }
    }

    @Test("handler is not a slow client: its time does not count against the connection")
    func slowHandler() async throws {
        var limits = HTTPServerLimits()
        limits.transferTimeout = .milliseconds(100)
        let route = Route(.get, "/later", access: .probe) { _ in
            try await Task.sleep(for: .milliseconds(400))
            return .text(200, "late")
        }
        try await withOpenServer([route], limits: limits) { subject in
            let answer = try await subject.answer(to: "GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.text == "late")
        }
    }

    @Test("connection on which nothing moves is closed")
    func idle() async throws {
        var limits = HTTPServerLimits()
        limits.idleTimeout = .seconds(1)
        try await withOpenServer([.hello()], limits: limits) { subject in
            let client = try subject.connect()
            let answer = try await client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 200)
            #expect(await client.isClosed(within: .seconds(8)))
        }
    }

    @Test("answer to a client that has gone is dropped, and the next client is served")
    func goneClient() async throws {
        let gate = StopSignal()
        let route = Route(.get, "/wait", access: .probe) { _ in
            await gate.wait()
            return Response.bytes(200, contentType: "text/plain", [UInt8](repeating: 1, count: 1_000_000))
        }
        try await withOpenServer([route, .hello()]) { subject in
            for _ in 0..<10 {
                let client = try subject.connect()
                try await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            gate.stop()
            let answer = try await subject.answer(to: "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.text == "hej")
            let none = try await eventually { subject.numbers.contains(#"http_requests_in_flight{server="test"} 0"#) }
            #expect(none)
        }
    }
}
