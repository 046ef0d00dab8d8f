internal import Runtime
internal import Synchronization

/// Says when the log was found to be the store's own. Until then nothing is read and nothing is published: a store that
/// came from a backup must first take back what it had said.
final class LogReadiness: Sendable {
    private let examined = StopSignal()
    private let refused = StopSignal()

    func declare() { examined.stop() }

    /// Takes the declaration back for good: somebody else reads here, or the log isn't ours.
    func refuse() { refused.stop() }

    var isDeclared: Bool { examined.isStopping && !refused.isStopping }

    /// Returns when the log was examined, or when `stop` was raised.
    func wait(or stop: StopSignal) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.examined.wait() }
            group.addTask { await stop.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}
