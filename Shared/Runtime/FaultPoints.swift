internal import Foundation
internal import Synchronization

/// A named place in the code where a test may end the process as `kill -9` would.
///
/// `FAULT_POINT=name` or `FAULT_POINT=name:3` in the environment kills the process the first or third time it gets
/// there. Every point stands in the list of the module that reaches
/// it, and the crash suite walks those lists, so that a step can't be added without its test.
public struct FaultPoint: Sendable, Hashable {
    /// The point's name, as `worker.after-commit`.
    public let name: String
    /// Names a point.
    public init(_ name: String) { self.name = name }

    /// Ends the process here if the environment says so. Costs one comparison otherwise.
    @inline(__always)
    public func reach() {
        if Self.armed != nil { Self.reached(self) }
    }

    private static let armed: (name: String, count: Int)? = {
        guard let text = ProcessInfo.processInfo.environment["FAULT_POINT"], !text.isEmpty else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }()

    private static let seen = Mutex(0)

    @inline(never)
    private static func reached(_ point: FaultPoint) {
        guard let armed, armed.name == point.name else { return }
        let count = seen.withLock { seen in
            seen += 1
            return seen
        }
        if count == armed.count { kill(getpid(), SIGKILL) }
    }
}
