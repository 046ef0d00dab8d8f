internal import CCurl
internal import Glibc
internal import Synchronization

/// Where calling tasks leave their requests for the client's thread, which sleeps on `wakeDescriptor`.
final class Mailbox: Sendable {
    struct Contents {
        var submissions: [Submission] = []
        var cancelled: [Int] = []
        var closed = false
    }

    private struct State {
        var contents = Contents()
        var nextID = 0
        var unanswered = 0
    }

    /// Readable when there is something to take.
    let wakeDescriptor: Int32
    private let unansweredMax: Int
    private let state = Mutex(State())

    init(unansweredMax: Int) throws(HTTPClientFailure) {
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeDescriptor >= 0 else { throw .other(code: Int(errno)) }
        self.unansweredMax = unansweredMax
    }

    deinit { Glibc.close(wakeDescriptor) }

    func makeID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }

    /// Leaves a request, unless its task is cancelled already or too many are unanswered.
    ///
    /// The task is asked under the lock that `cancel` takes too: a task cancelled later has its `cancel` come later.
    func submit(_ submission: Submission) {
        let refusal: HTTPClientFailure? = state.withLock { state in
            if Task.isCancelled { return .cancelled }
            guard state.unanswered < unansweredMax else { return .overloaded }
            state.unanswered += 1
            state.contents.submissions.append(submission)
            return nil
        }
        if let refusal {
            submission.continuation.resume(returning: .failure(refusal))
        } else {
            wake()
        }
    }

    func cancel(_ id: Int) {
        state.withLock { $0.contents.cancelled.append(id) }
        wake()
    }

    func close() {
        state.withLock { $0.contents.closed = true }
        wake()
    }

    /// Everything that was left since the last time.
    func take() -> Contents {
        // The descriptor is emptied first: what is left from here on wakes the thread once more.
        var count: eventfd_t = 0
        _ = eventfd_read(wakeDescriptor, &count)
        return state.withLock { state in
            let contents = state.contents
            state.contents.submissions = []
            state.contents.cancelled = []
            return contents
        }
    }

    func answer(_ submission: Submission, _ answer: Submission.Answer) {
        state.withLock { $0.unanswered -= 1 }
        submission.continuation.resume(returning: answer)
    }

    private func wake() {
        // Fails only when the counter is full, and then the thread wakes anyway.
        _ = eventfd_write(wakeDescriptor, 1)
    }
}
