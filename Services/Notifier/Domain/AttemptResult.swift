internal import Events

/// How an attempt ended.
enum AttemptResult: Sendable, Equatable {
    /// 2xx: the recipient's system has it.
    case taken
    /// 410: the endpoint is to be used no more.
    case gone
    /// Anything else.
    case failed(Failure)
    /// The process is stopping: nothing is known, and the next start repeats it.
    case interrupted

    struct Failure: Sendable, Equatable {
        let errorClass: DeliveryErrorClass
        /// What the receiver asked us to wait, if it did.
        var retryAfter: Duration?
        /// Whether the receiver may have taken it all the same.
        let mayHaveArrived: Bool
        /// Whether it speaks of the receiver as a whole rather than of this one delivery.
        let isReceiverDown: Bool
        /// A constant word for logs and the record of attempts.
        let name: String
    }

    /// A constant word for logs, metrics and the record of attempts.
    var name: String {
        switch self {
        case .taken: "taken"
        case .gone: "gone"
        case .failed(let failure): failure.name
        case .interrupted: "interrupted"
        }
    }
}
