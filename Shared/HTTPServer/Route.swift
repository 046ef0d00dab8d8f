/// One method on one path, who may use it, what it takes, and what answers.
public struct Route: Sendable {
    /// Answers a request. Runs on the cooperative pool; is cancelled when the request's deadline has passed or the
    /// server gives up draining, and whatever it gives after that is dropped. A thrown `Problem` is the answer; any
    /// other error becomes a 500 without detail.
    public typealias Handler = @Sendable (Request) async throws -> Response

    /// The method. A `GET` route answers `HEAD` too.
    public let method: Method
    /// The path below the group's prefix, as `/v1/offers/{id}/decisions`. A `{name}` takes one segment that isn't
    /// empty. A slash at the end makes another path.
    public let pattern: String
    /// Who may use it.
    public let access: Access
    /// The media types the body may have, in lower case and without parameters. Empty: the route takes no body.
    public let accepts: Set<String>
    /// The longest body; nil takes the server's `bodyBytesMax`.
    public let bodyBytesMax: Int?
    /// The time from the last byte of the request to the answer; nil takes the server's `requestTimeout`.
    public let timeout: Duration?

    let handler: Handler

    /// A route.
    public init(
        _ method: Method, _ pattern: String, access: Access, accepts: Set<String> = [], bodyBytesMax: Int? = nil,
        timeout: Duration? = nil, handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.access = access
        self.accepts = accepts
        self.bodyBytesMax = bodyBytesMax
        self.timeout = timeout
        self.handler = handler
    }
}

/// Routes below one prefix that write their errors the same way.
public struct RouteGroup: Sendable {
    /// What every pattern of the group begins with, as `/fhir`; empty for the root.
    public let prefix: String
    /// How refusals below the prefix are written, also those of paths that no route has.
    public let errors: ErrorBody
    /// The routes.
    public let routes: [Route]

    /// A group.
    public init(prefix: String = "", errors: ErrorBody = .problem, routes: [Route]) {
        self.prefix = prefix
        self.errors = errors
        self.routes = routes
    }
}
