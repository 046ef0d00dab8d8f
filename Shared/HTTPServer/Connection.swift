internal import CMicroHTTPD
internal import Foundation
internal import Synchronization

/// One client's connection, as long as the library has it open.
///
/// The library's own time-out counts inactivity only, so a client that drips bytes would stay. Here the clock runs from
/// the moment a request may begin to its last byte, and again while its answer leaves.
final class Connection: Sendable {
    private struct State {
        /// The socket, while it belongs to this connection; nil from before the library closes it.
        var socket: Int32?
        /// Since when it is the client's turn; nil while a handler works.
        var clientsTurnSince: ContinuousClock.Instant?
        var peer: Admission.Peer?
    }

    private let state: Mutex<State>

    init(socket: Int32, now: ContinuousClock.Instant) {
        state = Mutex(State(socket: socket < 0 ? nil : socket, clientsTurnSince: now))
    }

    /// It is the client's turn: to send the next request, or to take the answer.
    func turnToClient(_ now: ContinuousClock.Instant) { state.withLock { $0.clientsTurnSince = now } }

    /// A handler works.
    func turnToServer() { state.withLock { $0.clientsTurnSince = nil } }

    /// The library is about to close the socket; its number may soon be another's.
    func forgetSocket() { state.withLock { $0.socket = nil } }

    /// Shuts the socket if the client has had its turn for longer than `limit`; the library then closes it.
    /// - Returns: whether it did.
    func cutOff(ifSlowerThan limit: Duration, now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard let socket = state.socket, let since = state.clientsTurnSince, now - since > limit else {
                return false
            }
            shutdown(socket, Int32(SHUT_RDWR))
            state.clientsTurnSince = nil
            return true
        }
    }

    /// Who the peer is by its certificate, verified once a connection. Only inside the request callback.
    func peer(verifying connection: OpaquePointer) -> Admission.Peer {
        if let known = state.withLock({ $0.peer }) { return known }
        let peer = verifiedPeer(connection)
        state.withLock { $0.peer = peer }
        return peer
    }
}

private func verifiedPeer(_ connection: OpaquePointer) -> Admission.Peer {
    // RFC 4514 text of a subject; a longer one is not a machine's.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { subject in
        guard let start = subject.baseAddress, http_peer_is_verified(connection, start, subject.count) == 1,
            let text = String(validatingCString: start)
        else { return .unverified }
        return .verified(subject: text)
    }
}
