import HTTPServer
import Runtime
import Support
import Synchronization
import Testing

@Suite("Many at a time")
struct ConcurrencyTests {
    @Test("64 connections of 200 requests each get their own answers, and none is lost", .timeLimit(.minutes(2)))
    func keepAlive() async throws {
        let route = Route(.get, "/n/{n}", access: .probe) { request in
            await Task.yield()
            return .text(200, request.parameter("n"))
        }
        try await withOpenServer([route]) { subject in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for connection in 0..<64 {
                    group.addTask {
                        let client = try subject.connect()
                        var right = 0
                        for number in 0..<200 {
                            let name = "\(connection)-\(number)"
                            let answer = try await client.exchange("GET /n/\(name) HTTP/1.1\r\nHost: a\r\n\r\n")
                            if answer.text == name, answer.headers["connection"] == nil { right += 1 }
                        }
                        return right
                    }
                }
                let right = try await group.reduce(0, +)
                #expect(right == 64 * 200)
            }
            let counted = subject.numbers.contains(
                #"http_requests_total{method="GET",route="/n/{n}",status="200"} 12800"#)
            #expect(counted)
        }
    }

    @Test("requests sent without waiting are answered one after the other, in their order")
    func pipelining() async throws {
        let running = Mutex((now: 0, most: 0))
        let route = Route(.get, "/n/{n}", access: .probe) { request in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await Task.yield()
            running.withLock { $0.now -= 1 }
            return .text(200, request.parameter("n"))
        }
        try await withOpenServer([route, .echo()]) { subject in
            let client = try subject.connect()
            let post = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nbody"
            try await client.send(
                (0..<20).map { "GET /n/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" + ($0 == 9 ? post : "") }.joined())
            for number in 0..<20 {
                let answer = try await client.answer()
                #expect(answer.text == "\(number)")
                if number == 9 {
                    let echoed = try await client.answer()
                    #expect(echoed.text == "body")
                }
            }
            #expect(running.withLock { $0.most } == 1)
        }
    }

    @Test("beyond the bound gets 503 with Retry-After, and there is room again when the others are done")
    func overload() async throws {
        var limits = HTTPServerLimits()
        limits.requestsInFlightMax = 2
        let gate = StopSignal()
        let route = Route(.get, "/wait", access: .probe) { _ in
            await gate.wait()
            return .text(200, "done")
        }
        try await withOpenServer([route, .hello()], limits: limits) { subject in
            let held = [try subject.connect(), try subject.connect()]
            for client in held { try await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n") }
            let full = try await eventually { subject.numbers.contains(#"http_requests_in_flight{server="test"} 2"#) }
            #expect(full)
            let refused = try await subject.answer(to: "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(refused.status == 503)
            #expect(refused.headers["retry-after"] == "1")
            gate.stop()
            for client in held {
                let answer = try await client.answer()
                #expect(answer.text == "done")
            }
            let room = try await eventually {
                try await subject.answer(to: "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").status == 200
            }
            #expect(room)
        }
    }

    @Test("from one address no more than its share of connections")
    func perAddress() async throws {
        var limits = HTTPServerLimits()
        limits.connectionsPerAddressMax = 2
        try await withOpenServer([.hello()], limits: limits) { subject in
            let request = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"
            let held = [try subject.connect(), try subject.connect()]
            for client in held {
                let answer = try await client.exchange(request)
                #expect(answer.status == 200)
            }
            let third = try subject.connect()
            #expect(await third.isClosed())
        }
    }
}
