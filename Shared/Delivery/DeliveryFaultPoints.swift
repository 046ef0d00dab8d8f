public import Runtime
internal import Store

/// All places at which the crash suite ends a service: Delivery's own and the store's.
public enum DeliveryFaultPoints {
    /// The store remembers whose log it reads and in which boot, and nothing has been read.
    static let opened = FaultPoint("opening.remembered")
    /// Some of what was said has been taken back. Passed only where a store is restored or rebuilt.
    static let takenBack = FaultPoint("taking-back.part")
    /// A batch has been fetched and nothing done with it.
    static let fetched = FaultPoint("worker.fetched")
    /// A record is in hand and not yet applied.
    static let inHand = FaultPoint("worker.in-hand")
    /// A record's changes are written, its events not yet.
    static let changed = FaultPoint("worker.changed")
    /// A batch is applied in a transaction that is not yet committed.
    static let applied = FaultPoint("worker.applied")
    /// A batch is on disk and the broker doesn't know.
    static let durable = FaultPoint("worker.durable")
    /// The advisory offset was sent.
    static let witnessed = FaultPoint("worker.witnessed")
    /// Rows have been read from the outbox and not yet published.
    static let beforePublish = FaultPoint("relay.before-publish")
    /// The broker has acknowledged and the watermark doesn't say so.
    static let published = FaultPoint("relay.published")
    /// The watermark stands.
    static let marked = FaultPoint("relay.marked")

    /// The points that only a restored or rebuilt store passes.
    public static let recovering = [takenBack]

    /// Every point that a run of the delivery loop passes.
    public static let all =
        [opened, fetched, inHand, changed, applied, durable, witnessed, beforePublish, published, marked]
        + StoreFaultPoints.all
}
