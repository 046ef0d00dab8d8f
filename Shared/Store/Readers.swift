internal import Foundation

/// Threads with a reading connection each, fed from one queue. A read sees the last commit before it began.
struct Readers: Sendable {
    typealias ReadJob = @Sendable (Result<ReadScope, StoreFailure>) -> Void

    let queue = JobQueue<ReadJob>()
    /// Each raised when a thread has closed its connection.
    private let ended: [ThreadEnd]

    init(count: Int) {
        ended = (0..<count).map { _ in ThreadEnd() }
    }

    /// Starts the threads. A connection that can't be opened is told to the first reader that needs it.
    func start(path: String) {
        for (index, end) in ended.enumerated() {
            let thread = Thread {
                serve(path)
                end.arrived()
            }
            thread.name = "store-reader-\(index)"
            thread.start()
        }
    }

    /// Lets waiting reads finish and the threads end.
    func close() {
        queue.close(threads: ended.count)
    }

    /// Returns when every connection is closed.
    func waitUntilEnded() async {
        for end in ended { await end.wait() }
    }

    private func serve(_ path: String) {
        var opened: Connection?
        while let jobs = queue.take(max: 1) {
            for job in jobs { job(Self.scope(on: &opened, path: path)) }
        }
    }

    private static func scope(on opened: inout Connection?, path: String) -> Result<ReadScope, StoreFailure> {
        do throws(StoreFailure) {
            if let opened { return .success(ReadScope(opened)) }
            let connection = try Connection(path: path, purpose: .reading)
            opened = connection
            return .success(ReadScope(connection))
        } catch {
            return .failure(error)
        }
    }
}
