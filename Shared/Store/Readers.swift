internal import Foundation

/// Threads with a reading connection each, fed from one queue. A read sees the last commit before it began.
struct Readers: Sendable {
    typealias ReadJob = @Sendable (Result<ReadScope, StoreFailure>) -> Void

    let count: Int
    let queue = JobQueue<ReadJob>()

    /// Starts the threads. A connection that can't be opened is told to the first reader that needs it.
    func start(path: String) {
        for index in 0..<count {
            let queue = self.queue
            let thread = Thread {
                var opened: Connection?
                while let jobs = queue.take(max: 1) {
                    for job in jobs { job(Self.scope(on: &opened, path: path)) }
                }
            }
            thread.name = "store-reader-\(index)"
            thread.start()
        }
    }

    private static func scope(on opened: inout Connection?, path: String) -> Result<ReadScope, StoreFailure> {
        do throws(StoreFailure) {
            if opened == nil { opened = try Connection(path: path, purpose: .reading) }
        } catch {
            return .failure(error)
        }
        return opened.map { .success(ReadScope($0)) } ?? .failure(.closed)
    }
}
