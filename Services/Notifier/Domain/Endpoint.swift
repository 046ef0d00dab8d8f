/// A recipient's system as the settings name it: where, and what to sign with.
struct Endpoint: Sendable {
    let url: String
    /// The newest first; several while one is changed.
    let secrets: [WebhookSecret]
}
