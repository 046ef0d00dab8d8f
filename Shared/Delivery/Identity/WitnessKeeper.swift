internal import Foundation

/// When the worker renews its mark with the broker, and what it makes of marks that it finds there. Pure but for the
/// instants that it is given.
struct WitnessKeeper: Sendable {
    private(set) var witness: Witness
    private let earlierBoots: Set<UUID>
    private let limits: DeliveryLimits
    private var renewalDue: ContinuousClock.Instant?
    private var endsDue: ContinuousClock.Instant?

    init(identity: StoreIdentity, earlierBoots: Set<UUID>, limits: DeliveryLimits) {
        witness = Witness(identity, beat: 0)
        self.earlierBoots = earlierBoots
        self.limits = limits
    }

    func renewalIsDue(at now: ContinuousClock.Instant) -> Bool { renewalDue.map { $0 <= now } ?? true }

    func endsQuestionIsDue(at now: ContinuousClock.Instant) -> Bool { endsDue.map { $0 <= now } ?? true }

    mutating func renew(at now: ContinuousClock.Instant) {
        witness = Witness(
            incarnation: witness.incarnation, epoch: witness.epoch, place: witness.place, boot: witness.boot,
            beat: witness.beat + 1)
        renewalDue = now + limits.witnessInterval
    }

    mutating func endsAsked(at now: ContinuousClock.Instant) { endsDue = now + limits.endsInterval }

    mutating func postpone(at now: ContinuousClock.Instant) {
        renewalDue = now + limits.witnessInterval
        endsDue = now + limits.endsInterval
    }

    /// Marks of stores and processes that were fenced: of a lower epoch, whoever left them. One may write its mark over
    /// ours until it has looked itself; the next renewal writes over that.
    func fenced(in seen: [Witness]) -> Int { seen.count { $0.epoch < witness.epoch } }

    /// A running process that reads a foreign store, a foreign boot or a higher epoch stops (DESIGN 3.5). Marks of
    /// earlier processes on this store may still stand on partitions where ours has not yet arrived.
    func finding(in seen: [Witness]) -> LogFinding? {
        for other in seen where other.epoch >= witness.epoch {
            if other.incarnation != witness.incarnation { return .foreignStore }
            if other.epoch > witness.epoch { return .fenced(ours: witness.epoch, seen: other.epoch) }
            let known = other.boot == witness.boot || earlierBoots.contains(other.boot)
            if !known { return .copyAlive }
        }
        return nil
    }
}
