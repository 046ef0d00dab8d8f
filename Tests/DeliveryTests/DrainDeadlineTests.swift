import Runtime
import Telemetry
import Testing

@testable import Delivery

/// The last resort of a stop.
@Suite("Drain deadline")
struct DrainDeadlineTests {
    private static func deadline(_ budget: Duration) -> DrainDeadline {
        DrainDeadline(
            budget: budget,
            logger: Logger.standardOutput(
                service: "test", version: "0", level: .error, time: .system, metrics: MetricsRegistry()))
    }

    @Test("ends a process with a part that doesn't end even when cancelled")
    func stuck() async {
        await #expect(processExitsWith: .exitCode(70)) {
            let stop = StopSignal()
            stop.stop()
            await Self.deadline(.milliseconds(20)).holds(from: stop) {
                while true { await Task.yield() }
            }
        }
    }

    @Test("leaves alone what has ended, and what nobody asked to")
    func ended() async {
        let stop = StopSignal()
        #expect(await Self.deadline(.zero).holds(from: stop) { 1 } == 1)
        stop.stop()
        #expect(await Self.deadline(.seconds(60)).holds(from: stop) { 2 } == 2)
    }
}
