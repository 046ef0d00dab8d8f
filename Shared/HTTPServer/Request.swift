public import Telemetry

/// A request as its handler sees it: read to its end, within the route's limits, from a caller who may use the route.
public struct Request: Sendable {
    /// The method. `HEAD` reaches the handler of `GET` as `GET`.
    public let method: Method
    /// The path as it was sent, not decoded.
    public let path: String
    /// What stood in the places of the route's `{name}` segments, percent-decoded; never empty.
    public let parameters: [String: String]
    /// The fields of the query, percent-decoded.
    public let query: Query
    /// The header fields.
    public let headers: Headers
    /// The body, at most `bodyBytesMax` of the route.
    public let body: [UInt8]
    /// Who asks. On a `.probe` route the caller is `Caller.probe`.
    public let caller: Caller
    /// The trace this request belongs to: a child of the `traceparent` that came with it, or a new one.
    public let trace: TraceContext

    /// A request made by hand, for tests of handlers without a server.
    public init(
        method: Method, path: String, parameters: [String: String] = [:], query: Query = Query(),
        headers: Headers = [:], body: [UInt8] = [], caller: Caller, trace: TraceContext
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.caller = caller
        self.trace = trace
    }

    /// The value of a `{name}` segment of the route's own pattern.
    ///
    /// The router fills every name of the pattern, so an unknown name is a slip of the pen: it stops in debug and is
    /// the empty text otherwise.
    public func parameter(_ name: String) -> String {
        assert(parameters[name] != nil, "the route's pattern has no {\(name)}")
        return parameters[name] ?? ""
    }
}

/// The methods that routes are made of.
public enum Method: String, Sendable, CaseIterable {
    /// Reads; changes nothing.
    case get = "GET"
    /// Hands in something.
    case post = "POST"
    /// Replaces the resource at the address.
    case put = "PUT"
    /// Changes a part of the resource at the address.
    case patch = "PATCH"
    /// Removes the resource at the address.
    case delete = "DELETE"
}

/// The fields of a query string, in their order and percent-decoded.
public struct Query: Sendable, Equatable {
    /// One `name=value`; a field without `=` has the empty text as its value.
    public struct Field: Sendable, Equatable {
        /// The decoded name.
        public let name: String
        /// The decoded value.
        public let value: String

        /// A field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields.
    public var fields: [Field]

    /// A query of these fields.
    public init(_ fields: [Field] = []) { self.fields = fields }

    /// The first value under the name, nil if there is none. Names compare exactly.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values under the name: FHIR lets a search field occur again.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}
