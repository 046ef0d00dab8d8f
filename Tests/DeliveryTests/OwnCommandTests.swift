import Configuration
import Events
import Foundation
import HTTPServer
import Runtime
import Store
import Support
import Synchronization
import Telemetry
import Testing

@testable import Delivery

/// Commands that one service has beside those of all.
@Suite("A service's own commands")
struct OwnCommandTests {
    /// What was carried out, and in which part.
    final class Done: Sendable {
        private let parts = Mutex<[String]>([])
        var all: [String] { parts.withLock { $0 } }
        func add(_ part: String) { parts.withLock { $0.append(part) } }
    }

    let done = Done()
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var dataDirectory: String { directory.file("data") }

    /// `count N` takes N parts; it exits with 1.
    var launch: ServiceLaunch<ScriptedHandler, Int> {
        let done = self.done
        var definition = ServiceDefinition<ScriptedHandler, Int>(
            name: .scoring, migrations: [ScriptedHandler.migration],
            tables: [.notAboutChild("applied", why: "a test's")], readSettings: { _ in 0 },
            makeHandler: { _, _ in ScriptedHandler { _, _ in .done() } }, counts: { _ in [] })
        definition.commands = [
            .onStore("count N", "counts down") { words throws(UsageFault) in
                guard words.count == 1, let number = Int(words[0]) else { throw UsageFault("usage: count N") }
                return { context in
                    let rows = try await context.store.read { try $0.count("SELECT count(*) FROM applied") }
                    done.add("\(number) by \(context.operatorName) on \(rows) rows")
                    if number <= 1 { return CommandResult(lines: ["counted"], exitCode: 1) }
                    return CommandResult(
                        lines: [],
                        goesOn: CommandResult.GoingOn(words: ["count", String(number - 1)], progress: "\(number)"))
                }
            },
            .offline("say WORD", "says it") { words throws(UsageFault) in
                guard words.count == 1 else { throw UsageFault("usage: say WORD") }
                return {
                    done.add(words[0])
                    return CommandResult(lines: [])
                }
            },
        ]
        return ServiceLaunch(
            definition: definition,
            environment: [
                "REGION": "23", "DATA_DIRECTORY": dataDirectory, "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
                "USER": "kim",
            ], time: .system, ids: .system)
    }

    @Test("one on the store goes on until nothing is left, on a store that no service holds")
    func notRunning() async throws {
        #expect(try await launch.perform(["migrate"]) == 0)
        #expect(try await launch.perform(["count", "3"]) == 1)
        #expect(done.all == ["3 by kim on 0 rows", "2 by kim on 0 rows", "1 by kim on 0 rows"])
    }

    @Test(
        "one about a store where there is none is refused, and none is made",
        arguments: [
            ["count", "1"], ["parked", "list"], ["audit", "verify"], ["recover", "republish", "outcomes"],
            ["recover", "take-over"], ["recover", "reread", "answers"], ["recover", "adopt-cluster"],
        ])
    func noStore(words: [String]) async throws {
        let fault = await #expect(throws: ServiceFault.self) { try await launch.perform(words) }
        #expect(fault?.exitCode == 78 && fault?.description.contains("check DATA_DIRECTORY") == true)
        #expect(try directory.names().isEmpty && done.all.isEmpty)
    }

    @Test("words are understood before anything is opened, and wrong ones open nothing")
    func usage() async throws {
        for words in [["count"], ["count", "x"], ["say"], ["sing"], ["count", "1", "2"]] {
            await #expect(throws: UsageFault.self) { try await launch.perform(words) }
        }
        #expect(try directory.names().isEmpty && done.all.isEmpty)
    }

    @Test("one that needs no store needs no settings either")
    func offline() async throws {
        let bare = ServiceLaunch(definition: launch.definition, environment: [:], time: .system, ids: .system)
        #expect(try await bare.perform(["say", "hello"]) == 0)
        #expect(done.all == ["hello"])
        try #expect(directory.names().isEmpty)
    }

    @Test("one whose service stops meanwhile ends with code 75, and opens no store itself", arguments: [true, false])
    func stopped(isGone: Bool) async throws {
        try FileManager.default.createDirectory(atPath: dataDirectory, withIntermediateDirectories: true)
        let stop = StopSignal()
        let route = CommandSocket.route { request in
            // It drains: whoever is still let in is told so.
            guard request.words == ["count", "2"] else { throw Problem.unavailable("drains", retryAfter: .seconds(1)) }
            if isGone { stop.stop() }
            return CommandResult(
                lines: [], goesOn: CommandResult.GoingOn(words: ["count", "1"], progress: "begun"))
        }
        let server = try HTTPServer(
            HTTPServerSettings(
                name: "control", address: .unix(path: dataDirectory + "/control.sock"), kind: .operations),
            routes: [RouteGroup(routes: [route])],
            logger: Logger(service: "test", version: "1", level: .error, time: .system) { _ in },
            metrics: MetricsRegistry())
        try server.start()
        async let serving: Void = server.run(until: stop)
        let fault = await #expect(throws: ServiceFault.self) { try await launch.perform(["count", "2"]) }
        #expect(fault?.exitCode == 75, "\(String(describing: fault))")
        #expect(!FileManager.default.fileExists(atPath: dataDirectory + "/store.sqlite") && done.all.isEmpty)
        stop.stop()
        try await serving
    }
}
