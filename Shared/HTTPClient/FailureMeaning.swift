extension HTTPClientFailure {
    /// A constant name for logs and metrics' labels.
    public var name: String {
        switch self {
        case .unusableRequest(let part): "unusable-request-\(part.rawValue)"
        case .unusableSetting: "unusable-setting"
        case .overloaded: "overloaded"
        case .unresolved: "unresolved"
        case .refusedAddress: "refused-address"
        case .unreachable: "unreachable"
        case .timedOut(let phase): "timed-out-\(phase.rawValue)"
        case .tls: "tls"
        case .unusableCertificate: "unusable-certificate"
        case .connectionLost: "connection-lost"
        case .tooLarge: "too-large"
        case .badResponse: "bad-response"
        case .cancelled: "cancelled"
        case .other(let code): "libcurl-\(code)"
        }
    }

    /// What the caller should do. What a receiver can mend (its certificate, its name) is tried again.
    public var decision: Decision {
        switch self {
        case .overloaded, .unresolved, .unreachable, .timedOut, .tls, .connectionLost, .badResponse, .cancelled, .other:
            .retry
        case .unusableRequest, .refusedAddress, .tooLarge: .refuse
        case .unusableSetting, .unusableCertificate: .fatal
        }
    }

    /// One line for the operator.
    public var hint: String {
        switch self {
        case .unusableRequest(.url): "The address must be an http or https URL without user and password."
        case .unusableRequest(.header): "A header has characters that HTTP doesn't allow, or is set by the client."
        case .unusableRequest(.body): "GET and HEAD have no body."
        case .unusableSetting(let setting): "The HTTP client's setting \(setting.rawValue) can't be used."
        case .overloaded: "More calls wait than allowed: receivers are slow, or the limits too small."
        case .unresolved: "The receiver's name has no address: check the name and the DNS servers."
        case .refusedAddress: "The receiver's name leads to this machine or a private network, which is not allowed."
        case .unreachable: "The receiver accepts no connections: is it up, and does the firewall let us out?"
        case .timedOut(.waiting): "The call waited for its turn until its time was up: receivers are slow."
        case .timedOut(.connecting): "The connection did not stand in time: a firewall may drop packets."
        case .timedOut(.answering): "The receiver did not answer in time."
        case .tls: "TLS failed: check the receiver's certificate, its name and dates, and the trusted authorities."
        case .unusableCertificate: "Our certificate, key or authorities can't be used: check the PEM files."
        case .connectionLost: "The receiver or something between closed the connection."
        case .tooLarge: "The receiver's answer is larger than allowed."
        case .badResponse: "The receiver doesn't speak HTTP."
        case .cancelled: "The call was cancelled."
        case .other(let code): "libcurl gave error \(code); see libcurl-errors(3)."
        }
    }
}
