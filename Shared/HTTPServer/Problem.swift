/// A refusal that a handler throws and the caller reads: RFC 9457 problem details, or what the route group's
/// `ErrorBody` makes of them.
///
/// `detail` and `pointer` name the rule and the place. They never repeat a value that came in: an answer in an error
/// body would end up in the caller's logs.
public struct Problem: Error, Sendable, Equatable {
    /// The status code, 400...599; it is also the status of the response.
    public let status: Int
    /// A URI that names the kind of problem; `about:blank` says no more than the status does.
    public let type: String
    /// The kind in a few words; the status phrase when `type` is `about:blank`.
    public let title: String
    /// What the caller can do about this occurrence.
    public let detail: String?
    /// The places that are wrong, for validation failures.
    public let errors: [Fault]
    /// Header fields of the response, as `Allow` or `Retry-After`.
    public var headers: Headers

    /// One wrong place in a document.
    public struct Fault: Sendable, Equatable, Codable {
        /// The rule that is broken, without the value that broke it.
        public let detail: String
        /// JSON Pointer to the place as a URI fragment: `#/item/3/answer`.
        public let pointer: String

        /// A fault at a place.
        public init(_ detail: String, at pointer: String) {
            self.detail = detail
            self.pointer = pointer
        }
    }

    /// A problem of parts.
    public init(
        status: Int, type: String = "about:blank", title: String? = nil, detail: String? = nil, errors: [Fault] = [],
        headers: Headers = [:]
    ) {
        self.status = status
        self.type = type
        self.title = title ?? statusPhrase(status)
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }
}

extension Problem {
    /// 400: the request cannot be read.
    public static func badRequest(_ detail: String, errors: [Fault] = []) -> Problem {
        Problem(status: 400, detail: detail, errors: errors)
    }

    /// 401 with the scheme the caller should use.
    public static let unauthorized = Problem(
        status: 401, detail: "A valid bearer token is needed.", headers: ["www-authenticate": "Bearer"])

    /// 403: known, but not allowed to do this here.
    public static let forbidden = Problem(status: 403, detail: "The caller's role or scope does not cover this.")

    /// 404.
    public static let notFound = Problem(status: 404)

    /// 409: another document stands in the place.
    public static func conflict(_ detail: String) -> Problem { Problem(status: 409, detail: detail) }

    /// 422: readable, but breaks the rules named in `errors`.
    public static func unprocessable(_ detail: String, errors: [Fault] = []) -> Problem {
        Problem(status: 422, detail: detail, errors: errors)
    }

    /// 429 or 503: try again after that time.
    /// - Parameter retryAfter: rounded up to whole seconds.
    public static func unavailable(
        _ detail: String, retryAfter: Duration, status: Int = 503
    ) -> Problem {
        let (seconds, attoseconds) = retryAfter.components
        let whole = max(1, attoseconds > 0 ? seconds + 1 : seconds)
        return Problem(status: status, detail: detail, headers: ["retry-after": String(whole)])
    }
}

/// The phrase of RFC 9110 section 15 (and RFC 6585) for the statuses the services use.
private func statusPhrase(_ status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 409: "Conflict"
    case 410: "Gone"
    case 411: "Length Required"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    case 400..<500: "Client Error"
    default: "Internal Server Error"
    }
}
