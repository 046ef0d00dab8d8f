internal import Synchronization

/// Who wants to know of commits.
final class Observers: Sendable {
    private let all = Mutex<[@Sendable () -> Void]>([])

    func add(_ observer: @escaping @Sendable () -> Void) { all.withLock { $0.append(observer) } }

    func tell() { for observer in all.withLock({ $0 }) { observer() } }
}

/// Tells the first fatal failure, and only that, whichever thread finds it.
final class Alarm: Sendable {
    private let waiting: Mutex<(@Sendable (StoreFailure) -> Void)?>

    init(_ failed: @escaping @Sendable (StoreFailure) -> Void) {
        waiting = Mutex(failed)
    }

    func raise(_ failure: StoreFailure) {
        let failed = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        failed?(failure)
    }
}
