internal import CSQLite
internal import Foundation
internal import Runtime

/// One piece of work for the writer. Exactly one of `Outcome.finish` and `abandon` is called, once.
struct WriteJob: Sendable {
    /// Runs inside the transaction.
    let perform: @Sendable (Transaction) -> Outcome
    /// Called instead of `perform` when no transaction could be begun.
    let abandon: @Sendable (StoreFailure) -> Void

    struct Outcome: Sendable {
        /// Why everything that the work wrote must be undone; nil when it is to stay.
        var error: (any Error)?
        /// Called with nil once the work is on disk, else with the reason why it isn't.
        let finish: @Sendable ((any Error)?) -> Void
    }
}

/// The thread that owns the one writing connection.
///
/// All work that waits when the thread becomes free shares one transaction and so one disk sync, each piece in a
/// savepoint of its own; a sync costs 0.1 ms on a fast disk and 5 ms on an ordinary one. No caller goes on before the
/// sync. A piece that is alone needs no savepoint: the transaction is its own, and SQLite then keeps no second copy of
/// every page that it changes.
///
/// After a fatal failure nothing more is written: a file whose sync failed may look whole at the next one.
struct Writer: Sendable {
    static let jobsPerTransactionMax = 256

    let queue = JobQueue<WriteJob>()
    /// Raised when the thread has closed its connection.
    let ended = ThreadEnd()
    /// Called after each commit, on the writer's thread; must not block.
    let committed: @Sendable () -> Void
    /// Called with a fatal failure: the process must end.
    let failed: @Sendable (StoreFailure) -> Void

    /// Starts the thread: it opens the connection and takes jobs until the queue is closed.
    /// - Throws: what `open` threw; then the thread has ended and nothing is open.
    func start(open: @escaping @Sendable () throws -> Connection) async throws {
        try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
            let thread = Thread {
                if let error = live(open, started) { started.resume(throwing: error) }
                ended.arrived()
            }
            thread.name = "store-writer"
            thread.start()
        }
    }

    /// The thread's life. The connection is closed when this returns.
    /// - Returns: why it couldn't start; `started` is resumed in every other case.
    private func live(
        _ open: () throws -> Connection, _ started: CheckedContinuation<Void, any Error>
    ) -> (any Error)? {
        let connection: Connection
        do { connection = try open() } catch { return error }
        started.resume()
        do throws(StoreFailure) {
            try serve(connection)
        } catch {
            failed(error)
            while let jobs = queue.take(max: Self.jobsPerTransactionMax) {
                for job in jobs { job.abandon(error) }
            }
        }
        return nil
    }

    /// - Throws: fatal failures only.
    private func serve(_ connection: Connection) throws(StoreFailure) {
        var checkpoints = Checkpoints()
        while let jobs = queue.take(max: Self.jobsPerTransactionMax) {
            try run(jobs, on: connection)
            try checkpoints.afterCommit(on: connection)
        }
        try Checkpoints.last(on: connection)
    }

    private func run(_ jobs: [WriteJob], on connection: Connection) throws(StoreFailure) {
        var outcomes: [WriteJob.Outcome] = []
        var failure: StoreFailure?
        do throws(StoreFailure) {
            try connection.begin()
            let transaction = Transaction(connection)
            let isAlone = jobs.count == 1
            for job in jobs where connection.isInTransaction {
                outcomes.append(isAlone ? checked(job, in: transaction) : isolated(job, in: transaction))
            }
            if let damage = outcomes.lazy.compactMap({ $0.error as? StoreFailure }).first(where: \.isDamage) {
                throw damage
            }
            if isAlone, outcomes.contains(where: { $0.error != nil }), connection.isInTransaction {
                try connection.undo()
            } else {
                try connection.writeTallies()
                StoreFaultPoints.beforeCommit.reach()
                try connection.commit()
                StoreFaultPoints.afterCommit.reach()
                committed()
            }
        } catch {
            failure = error
        }
        if failure != nil {
            do throws(StoreFailure) { try connection.undo() } catch { failure = error.asFatal }
        }
        for outcome in outcomes { outcome.finish(failure ?? outcome.error) }
        for job in jobs.dropFirst(outcomes.count) { job.abandon(failure ?? .undone) }
        if let failure, failure.decision == .fatal { throw failure }
    }

    /// Runs a job so that it is undone alone when it fails.
    private func isolated(_ job: WriteJob, in transaction: Transaction) -> WriteJob.Outcome {
        var outcome: WriteJob.Outcome?
        do {
            try transaction.savepoint {
                let result = checked(job, in: transaction)
                outcome = result
                if let error = result.error { throw error }
            }
        } catch {
            guard var failed = outcome else {
                return WriteJob.Outcome(error: error) { job.abandon($0 as? StoreFailure ?? .undone) }
            }
            failed.error = error
            return failed
        }
        return outcome ?? WriteJob.Outcome(error: StoreFailure.undone) { job.abandon($0 as? StoreFailure ?? .undone) }
    }

    /// Runs a job. What it leaves unresolved fails it now: otherwise the commit would, and with it the neighbours.
    private func checked(_ job: WriteJob, in transaction: Transaction) -> WriteJob.Outcome {
        var outcome = job.perform(transaction)
        guard outcome.error == nil else { return outcome }
        do { try transaction.connection.refuseUnresolvedForeignKeys() } catch { outcome.error = error }
        return outcome
    }
}

extension StoreFailure {
    /// What a job is told whose transaction is gone through no fault of its own.
    static let undone = StoreFailure(
        .retry, code: SQLITE_FULL, reason: "the transaction was undone", hint: "make room on the volume")
    /// What a job is told that comes after the store was closed.
    static let closed = StoreFailure(.retry, reason: "the store is closed", hint: "the service is stopping")

    /// The same failure where there is no way on: nobody knows what state the connection is in.
    fileprivate var asFatal: StoreFailure { StoreFailure(.fatal, code: code, reason: reason, hint: hint) }
}
