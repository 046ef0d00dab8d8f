internal import Foundation

/// How a group of routes writes its refusals, also those that the server itself gives below the group's prefix
/// (401, 403, 404, 405, 413, 415, 5xx).
public struct ErrorBody: Sendable {
    /// Makes the body: its media type and its bytes. Called on any thread; must not block.
    public let make: @Sendable (Problem) -> (contentType: String, bytes: [UInt8])

    /// A body of one's own, as an OperationOutcome under `/fhir`.
    public init(_ make: @escaping @Sendable (Problem) -> (contentType: String, bytes: [UInt8])) {
        self.make = make
    }

    /// RFC 9457 `application/problem+json`.
    public static let problem = ErrorBody { problem in
        ("application/problem+json", problemJSON(problem))
    }

    /// The response to a problem.
    func response(to problem: Problem) -> Response {
        let (contentType, bytes) = make(problem)
        var headers = problem.headers
        headers["content-type"] = contentType
        return Response(status: problem.status, headers: headers, body: bytes)
    }
}

private struct ProblemDocument: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String?
    let errors: [Problem.Fault]?
}

private func problemJSON(_ problem: Problem) -> [UInt8] {
    let document = ProblemDocument(
        type: problem.type, title: problem.title, status: problem.status, detail: problem.detail,
        errors: problem.errors.isEmpty ? nil : problem.errors)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return [UInt8](try encoder.encode(document))
    } catch {
        // Strings and integers always encode; if they did not, a body without words is still a body.
        return Array("{}".utf8)
    }
}
