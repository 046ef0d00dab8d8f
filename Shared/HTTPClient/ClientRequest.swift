/// What is asked of a server. The client adds `Content-Length`, `Host` and `User-Agent`; nothing else.
public struct ClientRequest: Sendable {
    /// The methods that are offered.
    public enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What to do.
    public var method: Method
    /// An absolute `http` or `https` URL without user or password. Never logged.
    public var url: String
    /// Headers in the order in which they are sent.
    public var headers: [ClientHeader]
    /// The body; sent as it is. A body without a `content-type` header goes without one.
    public var body: [UInt8]
    /// From the call of `send` to the last byte of the answer, waiting for a turn included; nil: the client's setting.
    public var timeout: Duration?
    /// The largest body of an answer; nil: the client's setting.
    public var responseBytesMax: Int?

    /// A request.
    public init(
        _ method: Method, _ url: String, headers: [ClientHeader] = [], body: [UInt8] = [], timeout: Duration? = nil,
        responseBytesMax: Int? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.responseBytesMax = responseBytesMax
    }
}

/// One header line.
public struct ClientHeader: Sendable, Equatable {
    /// The name as it was written; compare without regard to case.
    public let name: String
    /// The value without the white space around it.
    public let value: String

    /// A header. Checked when it is sent: a name must be a token, a value must have no control character but tab
    /// (RFC 9110 section 5).
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
