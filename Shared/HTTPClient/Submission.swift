/// A call that waits for its answer. Answered once, by the client's thread.
struct Submission: Sendable {
    typealias Answer = Result<ClientResponse, HTTPClientFailure>

    let id: Int
    let request: PreparedRequest
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Answer, Never>
}
