internal import FHIR
internal import HTTPServer

/// Refusals under `/fhir`, as OperationOutcome.
enum FHIRErrors {
    static let contentType = "application/fhir+json; fhirVersion=4.0"

    /// For the refusals of the server itself.
    static let body = ErrorBody { problem in
        let text = problem.detail ?? problem.title
        let code = code(for: problem.status)
        let issues =
            problem.errors.isEmpty
            ? [OperationOutcome.Issue(code, at: nil, text)]
            : problem.errors.map { OperationOutcome.Issue(code, at: $0.pointer, $0.detail) }
        return (contentType, OperationOutcome(issues).json())
    }

    static func response(_ refusal: FHIRRefusal) -> Response {
        .bytes(refusal.httpStatus, contentType: contentType, refusal.outcome.json())
    }

    static func response(_ refusal: FormRefusal) -> Response {
        .bytes(refusal.status, contentType: contentType, OperationOutcome([refusal.issue]).json())
    }

    private static func code(for status: Int) -> IssueCode {
        switch status {
        case 401: .login
        case 403: .forbidden
        case 404: .notFound
        case 405, 415: .notSupported
        case 409, 412: .conflict
        case 413: .tooLong
        case 422: .businessRule
        case 429: .throttled
        case 503: .transient
        case 504: .timeout
        case 500...599: .exception
        default: .invalid
        }
    }
}
