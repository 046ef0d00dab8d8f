internal import CCurl
internal import Foundation
internal import Runtime

/// What the client's thread does: takes requests from the mailbox, starts them as room allows, lets libcurl work, and
/// answers. All of libcurl's state lives on this thread and is never seen by another.
final class TransferLoop {
    private let mailbox: Mailbox
    private let settings: HTTPClientSettings
    private let multi: UnsafeMutableRawPointer?
    private var waiting: [Submission] = []
    private var running: [UnsafeMutableRawPointer: Transfer] = [:]

    /// Runs until the mailbox is closed.
    static func run(mailbox: Mailbox, settings: HTTPClientSettings) {
        blockBrokenPipeSignal()
        let loop = TransferLoop(mailbox: mailbox, settings: settings)
        while loop.turn() {}
    }

    private init(mailbox: Mailbox, settings: HTTPClientSettings) {
        self.mailbox = mailbox
        self.settings = settings
        multi = curl_multi_init()
        _ = shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, settings.concurrentTransfersMax)
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// One turn; false when the client is gone.
    private func turn() -> Bool {
        let contents = mailbox.take()
        waiting += contents.submissions
        for id in contents.cancelled { cancel(id) }
        if contents.closed {
            endAll(.cancelled)
            return false
        }
        endOverdue()
        startWaiting()
        perform()
        // What ended made room for others: they start before the thread sleeps.
        if !waiting.isEmpty, startWaiting() { return true }
        sleep()
        return true
    }

    @discardableResult
    private func startWaiting() -> Bool {
        var perOrigin = Dictionary(grouping: running.values, by: \.submission.request.target.origin).mapValues(\.count)
        var started = false
        var index = 0
        while index < waiting.count, running.count < settings.concurrentTransfersMax {
            let origin = waiting[index].request.target.origin
            guard perOrigin[origin, default: 0] < settings.transfersPerOriginMax else {
                index += 1
                continue
            }
            perOrigin[origin, default: 0] += 1
            start(waiting.remove(at: index))
            started = true
        }
        return started
    }

    private func start(_ submission: Submission) {
        do throws(HTTPClientFailure) {
            let transfer = try Transfer(submission, settings: settings)
            let code = curl_multi_add_handle(multi, transfer.easy)
            guard code == CURLM_OK else { throw .other(code: Int(code.rawValue)) }
            running[transfer.easy] = transfer
        } catch {
            mailbox.answer(submission, .failure(error))
        }
    }

    private func perform() {
        var count: Int32 = 0
        let code = curl_multi_perform(multi, &count)
        guard code == CURLM_OK else { return endAll(.other(code: Int(code.rawValue))) }
        while let message = curl_multi_info_read(multi, &count) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = running[easy]
            else { continue }
            // The message dies with the handle's removal.
            let result = message.pointee.data.result
            end(transfer, transfer.answer(result))
        }
    }

    /// Until libcurl has something to do, somebody left something, or a waiting call's time is up.
    private func sleep() {
        let soonest = waiting.map(\.deadline).min()
        let limit = min(soonest.map { $0 - ContinuousClock.now } ?? .seconds(60), .seconds(60))
        let milliseconds = Int32(max(limit.wholeMilliseconds, 0) + 1)
        var wake = curl_waitfd(fd: mailbox.wakeDescriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        _ = curl_multi_poll(multi, &wake, 1, milliseconds, nil)
    }

    private func cancel(_ id: Int) {
        if let index = waiting.firstIndex(where: { $0.id == id }) {
            mailbox.answer(waiting.remove(at: index), .failure(.cancelled))
        } else if let transfer = running.values.first(where: { $0.submission.id == id }) {
            end(transfer, .failure(.cancelled))
        }
    }

    private func endOverdue() {
        let now = ContinuousClock.now
        let overdue = waiting.filter { $0.deadline <= now }
        guard !overdue.isEmpty else { return }
        waiting.removeAll { $0.deadline <= now }
        for submission in overdue { mailbox.answer(submission, .failure(.timedOut(.waiting))) }
    }

    private func endAll(_ failure: HTTPClientFailure) {
        for transfer in running.values { end(transfer, .failure(failure)) }
        for submission in waiting { mailbox.answer(submission, .failure(failure)) }
        waiting = []
    }

    private func end(_ transfer: Transfer, _ answer: Submission.Answer) {
        curl_multi_remove_handle(multi, transfer.easy)
        running[transfer.easy] = nil
        mailbox.answer(transfer.submission, answer)
    }

    /// A receiver that closes while we write must not end the process. libcurl would turn the signal off for the whole
    /// process while it works, which is not safe with threads, and is told not to (CURLOPT_NOSIGNAL).
    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
