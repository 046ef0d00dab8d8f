/// Every bound of a server. The defaults are stated here and nowhere else.
public struct HTTPServerLimits: Sendable {
    /// Connections at a time. Further ones wait in the kernel's queue.
    public var connectionsMax = 1024
    /// Connections at a time from one address; behind a proxy that is the proxy. 0 is no limit.
    public var connectionsPerAddressMax = 256
    /// A connection on which nothing moves for this long is closed. Whole seconds.
    public var idleTimeout: Duration = .seconds(30)
    /// The longest a request may take to arrive, or an answer to leave, however busy its connection looks: a client
    /// that drips a byte a second is cut off here. An idle connection's wait counts too, so not below `idleTimeout`.
    public var transferTimeout: Duration = .seconds(60)
    /// What a connection may use for its request line, headers and a piece of the body. Headers beyond it are refused
    /// with 431.
    public var connectionBytesMax = 64 * 1024
    /// The longest body where the route doesn't say otherwise.
    public var bodyBytesMax = 1024 * 1024
    /// Requests at a time, from their headers to the last byte of the answer. Further ones get 503 with `Retry-After`.
    public var requestsInFlightMax = 256
    /// From the last byte of a request to the answer where the route doesn't say otherwise. A handler that hasn't
    /// answered is cancelled and the caller gets 504.
    public var requestTimeout: Duration = .seconds(10)
    /// What a graceful stop waits for requests in hand before they get 503.
    public var drainTimeout: Duration = .seconds(10)
    /// Threads that parse and send. Handlers run elsewhere.
    public var threads = 2

    /// The defaults.
    public init() {}
}
