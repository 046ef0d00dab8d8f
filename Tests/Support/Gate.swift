internal import Dispatch

/// Holds a thread until a test lets it go on. For closures that run on a thread of their own, never for tasks.
public final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)

    /// A closed gate.
    public init() {}

    /// Lets one thread through, now or when it comes.
    public func open() { opened.signal() }

    /// Blocks the thread until the gate is opened; no longer than ten seconds, so that a failing test ends.
    public func pass() { _ = opened.wait(timeout: .now() + .seconds(10)) }
}
