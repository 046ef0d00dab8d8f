/// A recipient's system took a notification. Says nothing about a person having read it.
public struct NotificationDelivered: EventBody {
    /// The delivery.
    public var delivery: DeliveryID
    /// Of which referral.
    public var referral: ReferralID
    /// How.
    public var channel: ChannelKind
    /// Which attempt succeeded, from 1.
    public var attempt: Int
    /// From the referral's request to this, in whole seconds.
    public var latencySeconds: Int

    /// Takes each member as it will travel.
    public init(
        delivery: DeliveryID, referral: ReferralID, channel: ChannelKind, attempt: Int, latencySeconds: Int
    ) {
        self.delivery = delivery
        self.referral = referral
        self.channel = channel
        self.attempt = attempt
        self.latencySeconds = latencySeconds
    }

    /// `notification.delivered`.
    public static let type = EventType.notificationDelivered

    /// What the fact is about.
    public var subject: String { delivery.text }
}
