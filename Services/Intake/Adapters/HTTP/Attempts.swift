internal import Cryptography
internal import Events
internal import Foundation
internal import HTTPServer
internal import Runtime
internal import Store

/// Answers given to requests that named themselves by `Idempotency-Key`: the same request again gets the same answer
/// for a day, whatever has happened since.
enum Attempts {
    /// How long an answer is kept.
    static let keptFor = Duration.seconds(86_400)

    /// The answer given before; nil for a key not seen.
    /// - Throws: 422 when the key came with another request.
    static func find(_ key: String, of request: Request, now: Timestamp, in store: ReadScope) throws -> Response? {
        let row = try store.first(
            "SELECT request, status, headers, body FROM attempt WHERE caller = ? AND key = ? AND at > ?",
            .text(request.caller.name), .text(key), .time(now - keptFor)
        ) { ($0.blob(0), $0.int(1), $0.text(2), $0.blob(3)) }
        guard let row else { return nil }
        guard row.0 == digest(of: request) else {
            throw Problem.unprocessable("The Idempotency-Key was used for another request.")
        }
        var headers = Headers()
        for (name, value) in try JSONDecoder().decode([String: String].self, from: Data(row.2.utf8)) {
            headers.add(name, value)
        }
        return Response(status: row.1, headers: headers, body: row.3)
    }

    /// Keeps an answer, and lets go of those that are old.
    static func keep(
        _ response: Response, to request: Request, key: String, about child: ChildID?, now: Timestamp,
        in transaction: Transaction
    ) throws {
        try transaction.execute("DELETE FROM attempt WHERE at <= ?", .time(now - keptFor))
        let headers = Dictionary(response.headers.fields.map { ($0.name, $0.value) }) { first, _ in first }
        try transaction.execute(
            """
            INSERT INTO attempt (caller, key, child, request, status, headers, body, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            .text(request.caller.name), .text(key), .maybe(child?.uuid), .blob(digest(of: request)),
            .int(response.status), .text(String(decoding: try JSONEncoder().encode(headers), as: UTF8.self)),
            .blob(response.body), .time(now))
    }

    private static func digest(of request: Request) -> [UInt8] {
        SHA256.hash(Array("\(request.method.rawValue) \(request.path)\n".utf8) + request.body)
    }
}

extension Timestamp {
    /// The instant `duration` earlier.
    fileprivate static func - (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds - right.wholeMilliseconds)
    }
}
