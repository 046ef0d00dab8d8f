internal import Dispatch
internal import Synchronization

/// Work waiting for a thread that owns a connection. First in, first out. Bounded by its callers: each waits for its
/// own job, so that there are never more jobs than requests and workers.
final class JobQueue<Job: Sendable>: Sendable {
    private let state = Mutex<(jobs: [Job], closed: Bool)>(([], false))
    private let wake = DispatchSemaphore(value: 0)

    /// Adds a job.
    /// - Returns: false when the queue is closed and the job will not run.
    func submit(_ job: Job) -> Bool {
        let accepted = state.withLock { state in
            if state.closed { return false }
            state.jobs.append(job)
            return true
        }
        if accepted { wake.signal() }
        return accepted
    }

    /// How many jobs wait.
    var count: Int { state.withLock { $0.jobs.count } }

    /// Lets the waiting jobs run and then ends the threads that take from here.
    func close(threads: Int) {
        state.withLock { $0.closed = true }
        for _ in 0..<threads { wake.signal() }
    }

    /// Waits for work and takes at most `max` jobs; nil when the queue is closed and empty.
    func take(max: Int) -> [Job]? {
        while true {
            wake.wait()
            let (taken, over) = state.withLock { state -> ([Job], Bool) in
                let count = min(max, state.jobs.count)
                let taken = Array(state.jobs.prefix(count))
                state.jobs.removeFirst(count)
                return (taken, state.closed && taken.isEmpty)
            }
            // Jobs taken together leave their wake-ups behind: those find nothing and wait again.
            if !taken.isEmpty { return taken }
            if over { return nil }
        }
    }
}
