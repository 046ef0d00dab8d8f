internal import Events
internal import Runtime

/// An attempt whose beginning is on disk.
struct Attempt: Sendable {
    let delivery: DeliveryID
    let notice: Notice
    let referral: ReferralID
    let recipient: String
    /// From 1; an attempt that a crash cut off is made again under its number.
    let number: Int
    /// When it was due; part of what identifies the event that tells of its result.
    let due: Timestamp
    /// The row in which its result goes.
    let row: Int64
    /// What is sent, the same on every attempt.
    let body: [UInt8]
}

/// Sends webhooks: the port to the recipients' systems.
protocol WebhookSender: Sendable {
    /// Sends the signed body and says how it went. Never throws: whatever happens is a result.
    func send(_ body: [UInt8], signed signature: WebhookSignature, to url: String) async -> AttemptResult
}
