internal import Runtime
internal import Synchronization

/// One delivery, however many times it came.
struct ReceivedDelivery: Sendable, Encodable {
    /// The sender's `webhook-id`.
    let id: String
    let municipality: String
    /// How many times it came.
    var attempts: Int
    /// When it came first.
    let receivedAt: Timestamp
    /// The body as it came.
    let payload: String
}

/// All that came, in memory, in the order in which it came first. Any thread.
final class ReceivedDeliveries: Sendable {
    enum Outcome: Equatable {
        case new
        case repeated
        /// The id came before, with another body or to another municipality.
        case different
        case full
    }

    static let deliveriesMax = 100_000

    private struct State {
        var deliveries: [ReceivedDelivery] = []
        var places: [String: Int] = [:]
    }

    private let state = Mutex(State())

    var all: [ReceivedDelivery] { state.withLock { $0.deliveries } }

    func receive(_ id: String, municipality: String, payload: String, at time: Timestamp) -> Outcome {
        state.withLock { state in
            if let place = state.places[id] {
                let known = state.deliveries[place]
                guard known.payload == payload, known.municipality == municipality else { return .different }
                state.deliveries[place].attempts += 1
                return .repeated
            }
            guard state.deliveries.count < Self.deliveriesMax else { return .full }
            state.places[id] = state.deliveries.count
            state.deliveries.append(
                ReceivedDelivery(
                    id: id, municipality: municipality, attempts: 1, receivedAt: time, payload: payload))
            return .new
        }
    }
}
