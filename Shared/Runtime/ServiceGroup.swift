internal import Synchronization

/// One long-running part of a process.
///
/// `run` returns when its stop signal is raised and its work in hand is done. Returning earlier, or throwing, ends the
/// whole group.
public protocol RunningPart: Sendable {
    /// What logs call the part.
    var name: String { get }
    /// Does the part's work until `stop` is raised.
    func run(until stop: StopSignal) async throws
}

/// Runs the parts of a process and stops them in two stages, in the reverse of the order in which they were given.
///
/// First each part is asked to finish, the last one first, and the next only when it has; the whole has `drainTimeout`.
/// What is left then is cancelled. Learnt from swift-service-lifecycle's split of graceful stop and cancellation.
public struct ServiceGroup: Sendable {
    /// How a group came to its end.
    public enum Ending: Sendable {
        /// Asked to stop, and every part finished in time.
        case drained
        /// Asked to stop; these parts had to be cancelled.
        case drainTimedOut([String])
        /// A part ended without having been asked, or failed when it was; the others were stopped.
        case partEnded(String, (any Error)?)
    }

    private let parts: [any RunningPart]
    private let drainTimeout: Duration

    /// A group of parts in the order of their start.
    /// - Parameter drainTimeout: the budget of the first stage for all parts together.
    public init(_ parts: [any RunningPart], drainTimeout: Duration) {
        self.parts = parts
        self.drainTimeout = drainTimeout
    }

    /// Runs all parts until `stop` is raised or one of them ends.
    public func run(until stop: StopSignal) async -> Ending {
        let running = parts.map { Running(part: $0, stop: StopSignal(), ended: StopSignal()) }
        let firstEnding = FirstEnding()
        return await withTaskGroup(of: Void.self) { group in
            for part in running {
                group.addTask {
                    let error = await Self.error(from: part)
                    if !part.stop.isStopping {
                        firstEnding.note(part.part.name, error)
                        stop.stop()
                    } else if let error, !Task.isCancelled {
                        firstEnding.note(part.part.name, error)
                    }
                    part.ended.stop()
                }
            }
            await stop.wait()
            let late = await Self.drain(running, timeout: drainTimeout)
            group.cancelAll()
            await group.waitForAll()
            if let (name, error) = firstEnding.noted { return .partEnded(name, error) }
            return late.isEmpty ? .drained : .drainTimedOut(late)
        }
    }

    private struct Running: Sendable {
        let part: any RunningPart
        let stop: StopSignal
        let ended: StopSignal
    }

    /// The part that ended without having been asked, or failed, the first one only: the others' ends follow from it.
    private final class FirstEnding: Sendable {
        private let state = Mutex<(String, (any Error)?)?>(nil)

        var noted: (String, (any Error)?)? { state.withLock { $0 } }

        func note(_ name: String, _ error: (any Error)?) {
            state.withLock { if $0 == nil { $0 = (name, error) } }
        }
    }

    private static func error(from running: Running) async -> (any Error)? {
        do {
            try await running.part.run(until: running.stop)
            return nil
        } catch {
            return error
        }
    }

    /// Asks the parts to finish in reverse order; gives the names of those that had not when the time was up.
    private static func drain(_ running: [Running], timeout: Duration) async -> [String] {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for part in running.reversed() {
                    part.stop.stop()
                    await part.ended.wait()
                }
                return true
            }
            group.addTask {
                do { try await Task.sleep(for: timeout) } catch { return true }
                return false
            }
            _ = await group.next()
            for part in running { part.stop.stop() }
            group.cancelAll()
            return running.filter { !$0.ended.isStopping }.map(\.part.name)
        }
    }
}
