internal import CRdKafka

extension KafkaFailure.Code {
    init(_ code: rd_kafka_resp_err_t) { self.init(number: code.rawValue) }

    /// The stored offset lies outside the log: before its start or beyond its end. Ask the watermarks to know which.
    public static let offsetOutsideLog = Self(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
    /// The broker knows no such topic or partition.
    public static let unknownTopicOrPartition = Self(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    /// No answer within the time given.
    public static let timedOut = Self(RD_KAFKA_RESP_ERR__TIMED_OUT)
    /// The record is larger than the client or the broker takes.
    public static let messageTooLarge = Self(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
    /// A setting that doesn't exist, has a value it can't have, or belongs to this module.
    public static let invalidSetting = Self(RD_KAFKA_RESP_ERR__INVALID_ARG)
    /// The client was closed.
    public static let closed = Self(RD_KAFKA_RESP_ERR__DESTROY)
    /// The record waited in the client when its time was up, and was never sent.
    public static let purgedFromQueue = Self(RD_KAFKA_RESP_ERR__PURGE_QUEUE)
    /// The record was on its way when its time was up; nobody knows whether it arrived.
    public static let purgedInFlight = Self(RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)

    var librdkafka: rd_kafka_resp_err_t { rd_kafka_resp_err_t(number) }
}

extension KafkaFailure {
    /// The result of a call or a report: connection trouble means that the call is to be repeated.
    init(_ code: rd_kafka_resp_err_t, _ reason: String? = nil) {
        let known = Self.kind(of: code)
        self.init(code, reason, known.disposition == .informational ? .retry : known.disposition, known.hint)
    }

    /// An error that librdkafka reports on its own: connection trouble is information, it recovers by itself.
    init(event code: rd_kafka_resp_err_t, _ reason: String, isFatal: Bool) {
        let known = Self.kind(of: code)
        self.init(code, reason, isFatal ? .fatal : known.disposition, known.hint)
    }

    /// A client's fatal error as the result of what it was asked to do: the next client may do it, unless a right is
    /// missing.
    var asResult: KafkaFailure { KafkaFailure(code.librdkafka, reason) }

    /// A setting that this module refuses, in its own words.
    static func setting(_ reason: String) -> KafkaFailure {
        KafkaFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason)
    }

    static func closed(_ what: String) -> KafkaFailure {
        KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY, "the \(what) is closed")
    }

    private init(
        _ code: rd_kafka_resp_err_t, _ reason: String?, _ disposition: Disposition, _ hint: String
    ) {
        self.init(
            code: Code(code), name: String(cString: rd_kafka_err2name(code)),
            reason: reason ?? String(cString: rd_kafka_err2str(code)), disposition: disposition, hint: hint)
    }

    /// The taxonomy. Whatever is not named here may be tried again: brokers learn new errors, and nothing is lost by
    /// another try.
    private static func kind(of code: rd_kafka_resp_err_t) -> (disposition: Disposition, hint: String) {
        switch code {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
            RD_KAFKA_RESP_ERR__SSL, RD_KAFKA_RESP_ERR__NODE_UPDATE:
            (.informational, "Is the broker up, and KAFKA_BOOTSTRAP_SERVERS (and ssl.*) right?")
        case RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
            (.retry, "The broker did not answer in time; is it up, and overloaded?")
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
            (.fatal, "The stored offset is outside the topic's log; compare it with the watermarks.")
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE:
            (.fatal, "The client can't go on; it is made anew or the process ends.")
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE,
            RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
            (.refuse, "A record, or the batch it stands in, is larger than the topic's max.message.bytes.")
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR__AUTHENTICATION,
            RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
            (.refuse, "The broker does not grant this service the right; check its certificate and the ACLs.")
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
            (.refuse, "The topic does not exist on the broker; create it as the catalogue says.")
        case RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
            RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT, RD_KAFKA_RESP_ERR_INVALID_CONFIG:
            (.refuse, "The topic's settings on the broker do not admit the record.")
        case RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE,
            RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED:
            (.refuse, "Check the RDKAFKA_ settings and the broker's version.")
        default:
            (.retry, "Temporary, as far as known; if it lasts, look at the broker's log.")
        }
    }
}
