internal import Dispatch
internal import Foundation
internal import Synchronization

/// A serial executor with a thread of its own, for actors whose work blocks in a C library.
///
/// Blocking polls and disk syncs then never occupy a thread of the cooperative pool. Jobs run in the order in which
/// they were enqueued. The thread ends when the executor is released; jobs already enqueued are run first.
public final class ThreadExecutor: SerialExecutor {
    private final class Queue: Sendable {
        let jobs = Mutex<(waiting: [UnownedJob], closed: Bool)>(([], false))
        let wake = DispatchSemaphore(value: 0)
    }

    private let queue = Queue()

    /// Starts the thread.
    /// - Parameter name: what debuggers and `ps -L` show; at most 15 bytes count on Linux.
    public init(name: String) {
        let queue = self.queue
        let runner = RunnerReference(self)
        let thread = Thread {
            while true {
                queue.wake.wait()
                let (job, closed) = queue.jobs.withLock { state in
                    (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.closed)
                }
                if let job {
                    job.runSynchronously(on: runner.executor)
                } else if closed {
                    return
                }
            }
        }
        thread.name = name
        thread.start()
    }

    deinit {
        queue.jobs.withLock { $0.closed = true }
        queue.wake.signal()
    }

    /// Called by the language's runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.jobs.withLock { $0.waiting.append(unowned) }
        queue.wake.signal()
    }
}

/// The executor as its own thread sees it: unowned, so that the thread doesn't keep its executor alive. A job exists
/// only while its actor does, and the actor owns the executor.
private struct RunnerReference: Sendable {
    let executor: UnownedSerialExecutor

    init(_ executor: ThreadExecutor) {
        self.executor = executor.asUnownedSerialExecutor()
    }
}
