internal import Synchronization

/// A command's wish that the worker look for parked records that are ready.
final class RedriveWish: Sendable {
    private let wished = Atomic(false)

    func raise() { wished.store(true, ordering: .releasing) }

    func take() -> Bool { wished.exchange(false, ordering: .acquiring) }
}
