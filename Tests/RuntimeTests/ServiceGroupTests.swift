import Runtime
import Synchronization
import Testing

/// How the parts of a process end together.
@Suite("Service group")
struct ServiceGroupTests {
    /// A part that ends when asked, and does as told then.
    private struct Part: RunningPart {
        let name: String
        let ends: Ends
        var atEnd: @Sendable () async throws -> Void = {}

        func run(until stop: StopSignal) async throws {
            await stop.wait()
            try await atEnd()
            ends.names.withLock { $0.append(name) }
        }
    }

    private final class Ends: Sendable {
        let names = Mutex<[String]>([])
    }

    private struct Broken: Error {}

    @Test("stops its parts in the reverse order, each when the one after it has ended")
    func order() async {
        let ends = Ends()
        let stop = StopSignal()
        let slow = Part(name: "c", ends: ends) { try await Task.sleep(for: .milliseconds(20)) }
        let group = ServiceGroup(
            [Part(name: "a", ends: ends), Part(name: "b", ends: ends), slow], drainTimeout: .seconds(20))
        stop.stop()
        guard case .drained = await group.run(until: stop) else {
            Issue.record("did not drain")
            return
        }
        #expect(ends.names.withLock { $0 } == ["c", "b", "a"])
    }

    @Test("tells of a part that fails while it is asked to finish")
    func failsWhileDraining() async {
        let ends = Ends()
        let stop = StopSignal()
        let group = ServiceGroup(
            [Part(name: "a", ends: ends), Part(name: "b", ends: ends) { throw Broken() }], drainTimeout: .seconds(20))
        stop.stop()
        guard case .partEnded("b", let error) = await group.run(until: stop) else {
            Issue.record("the failure was swallowed")
            return
        }
        #expect(error is Broken)
        #expect(ends.names.withLock { $0 } == ["a"], "the others drain all the same")
    }

    @Test("cancels what isn't done when the budget is over, and names it")
    func budget() async {
        let ends = Ends()
        let stop = StopSignal()
        let stuck = Part(name: "stuck", ends: ends) { try await Task.sleep(for: .seconds(600)) }
        let group = ServiceGroup([Part(name: "a", ends: ends), stuck], drainTimeout: .milliseconds(20))
        stop.stop()
        guard case .drainTimedOut(let late) = await group.run(until: stop) else {
            Issue.record("did not end at its budget")
            return
        }
        #expect(late.contains("stuck"))
    }
}
