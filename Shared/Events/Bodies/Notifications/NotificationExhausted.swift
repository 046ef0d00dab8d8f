/// A notification is given up: somebody must call.
public struct NotificationExhausted: EventBody {
    /// The delivery.
    public var delivery: DeliveryID
    /// Of which referral.
    public var referral: ReferralID
    /// How it was tried.
    public var channel: ChannelKind
    /// How often.
    public var attempts: Int
    /// What stood last.
    public var errorClass: DeliveryErrorClass

    /// Takes each member as it will travel.
    public init(
        delivery: DeliveryID, referral: ReferralID, channel: ChannelKind, attempts: Int, errorClass: DeliveryErrorClass
    ) {
        self.delivery = delivery
        self.referral = referral
        self.channel = channel
        self.attempts = attempts
        self.errorClass = errorClass
    }

    /// `notification.exhausted`.
    public static let type = EventType.notificationExhausted

    /// What the fact is about.
    public var subject: String { delivery.text }
}

/// What kind of failure stood last.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct DeliveryErrorClass: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// No answer in time.
    public static let timeout = Self(rawValue: "timeout")
    /// No connection.
    public static let connection = Self(rawValue: "connection")
    /// The receiver said no.
    public static let refused = Self(rawValue: "refused")
    /// The receiver failed.
    public static let serverError = Self(rawValue: "server-error")
    /// The receiver says it is there no more.
    public static let gone = Self(rawValue: "gone")
    /// There is no way to tell.
    public static let noChannel = Self(rawValue: "no-channel")

    /// The codes that this release knows.
    public static let known: [Self] = [.timeout, .connection, .refused, .serverError, .gone, .noChannel]
}
