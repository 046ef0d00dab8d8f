internal import Delivery
internal import Events
internal import HTTPServer
internal import Runtime
internal import Store

/// Where requests become reads and writes of the store: one transaction each, answered when it is on disk.
struct Desk: Sendable {
    let intake: Intake
    let store: Store
    let backlog: Backlog

    /// Whom a waiting caller should ask again after.
    private static let retryAfter = Duration.seconds(2)

    /// Carries out a write and answers when it is on disk. Writes that wait at the same time share the disk's sync.
    /// - Parameter body: makes the answer, and tells which child it was about; runs in the transaction.
    /// - Throws: `Problem`: 503 when too much waits for the broker or the disk takes no more, 422 for a key used twice.
    func write(
        _ request: Request, _ body: @escaping @Sendable (Write, Transaction) throws -> (ChildID?, Response)
    ) async throws -> Response {
        guard !backlog.isFull else {
            throw Problem.unavailable("Too much waits to be passed on.", retryAfter: Self.retryAfter)
        }
        let key = try request.idempotencyKey
        let write = Write(intake, request)
        return try await onDisk {
            try await store.write { transaction in
                if let key, let answer = try Attempts.find(key, of: request, now: write.now, in: transaction) {
                    return answer
                }
                let (child, response) = try body(write, transaction)
                if let key {
                    try Attempts.keep(
                        response, to: request, key: key, about: child, now: write.now, in: transaction)
                }
                return response
            }
        }
    }

    /// Reads a person's data; a write too, since it leaves an audit row.
    func read(
        _ request: Request, _ body: @escaping @Sendable (Write, Transaction) throws -> Response
    ) async throws -> Response {
        let write = Write(intake, request)
        return try await onDisk { try await store.write { try body(write, $0) } }
    }

    private func onDisk(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let failure as StoreFailure where failure.decision == .retry {
            throw Problem.unavailable("The store takes no writes for the moment.", retryAfter: Self.retryAfter)
        }
    }
}
