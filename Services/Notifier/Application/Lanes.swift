internal import Runtime
internal import Synchronization

/// How much may be under way to each recipient and to all, so that a dead municipality never delays another.
///
/// In memory only: the store remembers what is due, and a restart tries everybody again.
final class Lanes: Sendable {
    struct Limits: Sendable {
        /// Attempts under way to one recipient.
        var attemptsPerRecipientMax = 4
        /// Attempts under way to all.
        var attemptsMax = 64
    }

    private struct Lane {
        var underWay = 0
        var circuit = Circuit()
    }

    private let lanes = Mutex<[String: Lane]>([:])
    private let limits: Limits

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Recipients whose circuit is open.
    func open(at now: Timestamp) -> Int { lanes.withLock { $0.values.count { $0.circuit.isOpen(at: now) } } }

    /// How many attempts may begin to each of the recipients: one each in turn, those with the fewest under way first,
    /// until all slots are given.
    func slots(for recipients: [String], at now: Timestamp) -> [String: Int] {
        lanes.withLock { lanes in
            var left = limits.attemptsMax - lanes.values.reduce(0) { $0 + $1.underWay }
            var wanted = recipients.map { recipient in
                let lane = lanes[recipient, default: Lane()]
                let slots = lane.circuit.slots(
                    at: now, underWay: lane.underWay, attemptsMax: limits.attemptsPerRecipientMax)
                return (recipient: recipient, slots: slots, underWay: lane.underWay)
            }
            wanted.sort { ($0.underWay, $0.recipient) < ($1.underWay, $1.recipient) }
            var given: [String: Int] = [:]
            for round in 0..<limits.attemptsPerRecipientMax {
                for want in wanted where want.slots > round && left > 0 {
                    given[want.recipient, default: 0] += 1
                    left -= 1
                }
            }
            return given
        }
    }

    func began(_ recipient: String) {
        lanes.withLock { $0[recipient, default: Lane()].underWay += 1 }
    }

    func ended(_ recipient: String, _ result: AttemptResult, at now: Timestamp, jitter: Double) {
        lanes.withLock { lanes in
            lanes[recipient, default: Lane()].underWay -= 1
            switch result {
            case .failed(let failure) where failure.isReceiverDown:
                lanes[recipient, default: Lane()].circuit.failed(at: now, jitter: jitter)
            case .taken, .failed: lanes[recipient, default: Lane()].circuit.succeeded()
            case .gone, .interrupted: break
            }
        }
    }
}
