import HTTPServer
import Runtime
import Support
import Testing

@Suite("A server that is asked to stop")
struct StoppingTests {
    @Test("answers what it has begun, says that it closes, and refuses new connections")
    func inFlight() async throws {
        let gate = StopSignal()
        let begun = StopSignal()
        let route = Route(.get, "/wait", access: .probe) { _ in
            begun.stop()
            await gate.wait()
            return .text(200, "done")
        }
        try await withOpenServer([route, .hello()]) { subject in
            let idle = try subject.connect()
            let before = try await idle.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(before.headers["connection"] == nil)
            let client = try subject.connect()
            try await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await begun.wait()
            subject.stop.stop()
            let refused = try await eventually {
                do {
                    _ = try subject.connect()
                    return false
                } catch {
                    return true
                }
            }
            #expect(refused)
            let during = try await idle.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(during.status == 200)
            #expect(during.headers["connection"]?.lowercased() == "close")
            #expect(!subject.ended.isStopping)
            gate.stop()
            let answer = try await client.answer()
            #expect(answer.text == "done")
            #expect(answer.headers["connection"]?.lowercased() == "close")
            #expect(await client.isClosed())
            await subject.ended.wait()
        }
    }

    @Test("waits no longer than its budget, then answers 503 and cancels")
    func budget() async throws {
        var limits = HTTPServerLimits()
        limits.drainTimeout = .milliseconds(100)
        let begun = StopSignal()
        let route = Route(.get, "/wait", access: .probe) { _ in
            begun.stop()
            try await Task.sleep(for: .seconds(60))
            return .text(200, "never")
        }
        try await withOpenServer([route], limits: limits) { subject in
            let client = try subject.connect()
            try await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await begun.wait()
            subject.stop.stop()
            let answer = try await client.answer()
            #expect(answer.status == 503)
            await subject.ended.wait()
        }
    }

    @Test("ends at once when there is nothing in hand, idle connections or not")
    func nothingInHand() async throws {
        try await withOpenServer([.hello()]) { subject in
            let client = try subject.connect()
            _ = try await client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            let before = ContinuousClock.now
            subject.stop.stop()
            await subject.ended.wait()
            #expect(ContinuousClock.now - before < .seconds(1))
            #expect(await client.isClosed())
        }
    }

    @Test("under load loses no request that it has begun", .timeLimit(.minutes(1)))
    func underLoad() async throws {
        let handled = Tally()
        let route = Route(.get, "/n", access: .probe) { _ in
            try await Task.sleep(for: .milliseconds(2))
            handled.add()
            return .text(200, "n")
        }
        try await withOpenServer([route]) { subject in
            let answered = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        let client = try subject.connect()
                        var answers = 0
                        do {
                            while try await client.exchange("GET /n HTTP/1.1\r\nHost: a\r\n\r\n").status == 200 {
                                answers += 1
                            }
                        } catch {
                            return answers
                        }
                        return answers
                    }
                }
                group.addTask {
                    _ = try await eventually { handled.count > 200 }
                    subject.stop.stop()
                    return 0
                }
                return try await group.reduce(0, +)
            }
            await subject.ended.wait()
            #expect(answered == handled.count)
        }
    }

    @Test("by cancellation, answers what waits and ends")
    func cancellation() async throws {
        let begun = StopSignal()
        let route = Route(.get, "/wait", access: .probe) { _ in
            begun.stop()
            try await Task.sleep(for: .seconds(60))
            return .text(200, "never")
        }
        try await withOpenServer([.hello()]) { outer in
            // A second server, whose task is cancelled.
            let server = try HTTPServer(
                HTTPServerSettings(name: "second", address: .tcp(host: "127.0.0.1", port: 0), kind: .operations),
                routes: [RouteGroup(routes: [route])], logger: outer.logger, metrics: outer.metrics)
            try server.start()
            let client = try RawSocket(port: server.port ?? 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run(until: StopSignal()) }
                try await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
                await begun.wait()
                group.cancelAll()
                try await group.waitForAll()
            }
            let answer = try await client.answer()
            #expect(answer.status == 503)
        }
    }
}
