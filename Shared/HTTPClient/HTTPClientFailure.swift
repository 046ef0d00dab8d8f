/// Why there is no answer. Names no URL, host, header or body: all of it may be logged.
public enum HTTPClientFailure: Error, Equatable, Sendable {
    /// The request can't be sent as it is.
    case unusableRequest(RequestPart)
    /// The client can't be made with these settings.
    case unusableSetting(Setting)
    /// Too many calls wait already.
    case overloaded
    /// The host's name has no address at present.
    case unresolved
    /// All the host's addresses are such as aren't public.
    case refusedAddress
    /// Nobody accepts connections there.
    case unreachable
    /// The time was up.
    case timedOut(Phase)
    /// TLS could not be agreed on: their certificate, its name or its date isn't right, or no version in common.
    case tls
    /// Our own certificate, key or file of authorities can't be used.
    case unusableCertificate
    /// The connection broke before the answer was whole.
    case connectionLost
    /// The answer was larger than the limit for its body, or its headers than 64 KiB.
    case tooLarge
    /// What came is not HTTP.
    case badResponse
    /// The task was cancelled.
    case cancelled
    /// Anything else; libcurl's number.
    case other(code: Int)

    /// A part of a request.
    public enum RequestPart: String, Sendable {
        /// Not an absolute URL of `http` or `https`, or with user and password in it.
        case url
        /// A name that isn't a token, a value with control characters, or a header that is the client's own to set.
        case header
        /// A `GET` or `HEAD` with a body.
        case body
    }

    /// A setting.
    public enum Setting: String, Sendable {
        case limit, userAgent, socketPath, authorities, certificate, key
    }

    /// How far a transfer had come when its time was up.
    public enum Phase: String, Sendable {
        /// It still waited for its turn: nothing was sent.
        case waiting
        /// The connection did not stand yet: nothing was sent.
        case connecting
        /// The request was being sent or answered: it may have been received.
        case answering
    }

    /// What the caller should do.
    public enum Decision: Equatable, Sendable {
        /// Try again later.
        case retry
        /// Give this request up: it will not go better.
        case refuse
        /// Don't start.
        case fatal
    }
}
