internal import Synchronization

/// Whether a client is in touch with the broker, as its thread last saw it. Reading never waits for that thread.
///
/// For readiness (a warning, not a refusal): librdkafka recovers by itself, nobody acts upon it.
public final class BrokerContact: Sendable {
    private let state = Mutex<(isAvailable: Bool, lastFailure: KafkaFailure?)>((false, nil))

    /// Whether at least one broker answered lately. False until the first contact. Knows of a lost broker when the
    /// connection breaks, of one that came back within the statistics interval (5 s unless set) or with the next
    /// record.
    public var isAvailable: Bool { state.withLock { $0.isAvailable } }

    /// The last failure that librdkafka reported on its own; kept after it has recovered.
    public var lastFailure: KafkaFailure? { state.withLock { $0.lastFailure } }

    func note(isAvailable: Bool) { state.withLock { $0.isAvailable = isAvailable } }
    func note(_ failure: KafkaFailure) { state.withLock { $0.lastFailure = failure } }
}
