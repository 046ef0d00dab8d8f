import HTTPClient
import Support
import Testing

struct DeadlineTests {
    @Test func `a server that doesn't answer is left at the deadline`() async throws {
        let server = try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        let client = try localClient()
        let request = ClientRequest(.get, server.url, timeout: .milliseconds(200))
        let duration = await ContinuousClock().measure {
            #expect(await failure(of: client, request) == .timedOut(.answering))
        }
        #expect(duration >= .milliseconds(190) && duration < .seconds(5))
    }

    @Test func `a server that stops midway is left at the deadline`() async throws {
        let server = try ScriptedServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            connection.write([UInt8](repeating: 46, count: 50_000))
            connection.waitUntilPeerLeaves()
        }
        let client = try localClient { $0.timeout = .milliseconds(300) }
        #expect(await failure(of: client, ClientRequest(.get, server.url)) == .timedOut(.answering))
    }

    /// Both servers are this machine's, at ports that make them two origins.
    @Test func `slow receivers don't hold up another`() async throws {
        let slow = try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        let quick = try ScriptedServer { _, connection in connection.answer() }
        let client = try localClient()
        await withTaskGroup(of: HTTPClientFailure?.self) { group in
            for _ in 0..<8 {
                group.addTask { await failure(of: client, ClientRequest(.get, slow.url, timeout: .seconds(60))) }
            }
            await until { slow.received.count == 4 }
            let duration = await ContinuousClock().measure {
                #expect(await failure(of: client, ClientRequest(.get, quick.url)) == nil)
            }
            #expect(duration < .seconds(5))
            #expect(slow.received.count == 4)
            group.cancelAll()
            for await failure in group { #expect(failure == .cancelled) }
        }
    }

    @Test func `eight slow receivers delay a ninth no longer than until the first of them is left`() async throws {
        let slow = try (0..<8).map { _ in
            try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        }
        let quick = try ScriptedServer { _, connection in connection.answer() }
        let client = try localClient()
        await withTaskGroup(of: HTTPClientFailure?.self) { group in
            for server in slow {
                group.addTask {
                    await failure(of: client, ClientRequest(.get, server.url, timeout: .milliseconds(400)))
                }
            }
            await until { slow.allSatisfy { $0.received.count == 1 } }
            let duration = await ContinuousClock().measure {
                #expect(await failure(of: client, ClientRequest(.get, quick.url)) == nil)
            }
            #expect(duration < .seconds(5))
            for await failure in group { #expect(failure == .timedOut(.answering)) }
        }
    }

    @Test func `a call that gets no turn ends at its deadline`() async throws {
        let server = try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        let client = try localClient { $0.concurrentTransfersMax = 1 }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await failure(of: client, ClientRequest(.get, server.url, timeout: .seconds(60))) }
            await until { server.received.count == 1 }
            let late = ClientRequest(.get, server.url, timeout: .milliseconds(100))
            #expect(await failure(of: client, late) == .timedOut(.waiting))
            group.cancelAll()
        }
        #expect(server.received.count == 1)
    }

    @Test func `more calls than may wait are refused at once`() async throws {
        let server = try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        let client = try localClient {
            $0.concurrentTransfersMax = 1
            $0.waitingTransfersMax = 1
        }
        let failures = await withTaskGroup(of: HTTPClientFailure?.self) { group in
            for _ in 0..<5 {
                group.addTask { await failure(of: client, ClientRequest(.get, server.url, timeout: .seconds(60))) }
            }
            var failures: [HTTPClientFailure?] = []
            for await failure in group {
                failures.append(failure)
                if failures.count == 3 { group.cancelAll() }
            }
            return failures
        }
        #expect(failures == [.overloaded, .overloaded, .overloaded, .cancelled, .cancelled])
    }

    @Test func `a cancelled task's transfer is broken off`() async throws {
        let server = try ScriptedServer { _, connection in connection.waitUntilPeerLeaves() }
        let client = try localClient()
        await withTaskGroup(of: HTTPClientFailure?.self) { group in
            group.addTask { await failure(of: client, ClientRequest(.get, server.url, timeout: .seconds(60))) }
            await until { server.received.count == 1 }
            let duration = await ContinuousClock().measure {
                group.cancelAll()
                #expect(await group.next() == .cancelled)
            }
            #expect(duration < .seconds(5))
        }
    }

    @Test func `a task cancelled beforehand sends nothing`() async throws {
        let server = try ScriptedServer { _, connection in connection.answer() }
        let client = try localClient()
        await withTaskGroup(of: HTTPClientFailure?.self) { group in
            group.cancelAll()
            group.addTask { await failure(of: client, ClientRequest(.get, server.url)) }
            #expect(await group.next() == .cancelled)
        }
        #expect(server.connectionsAccepted == 0)
    }

    @Test func `many calls at once are all answered`() async throws {
        let server = try ScriptedServer { request, connection in connection.answer(body: request.head[0]) }
        let client = try localClient()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let response = try await client.send(ClientRequest(.get, server.url + "/\(number)"))
                    return response.body == Array("GET /\(number) HTTP/1.1".utf8)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.connectionsAccepted <= 4)
    }

    private func until(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }
}
