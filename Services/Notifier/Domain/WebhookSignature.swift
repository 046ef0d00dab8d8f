internal import Cryptography
internal import Foundation
internal import Runtime

/// A key shared with one endpoint, as Standard Webhooks 1.0.0 writes it: `whsec_` and 24 to 64 bytes in base64.
///
/// Never printed: it shows as nothing.
struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
    fileprivate let key: [UInt8]

    /// Nil when the text is no such secret.
    init?(_ text: String) {
        let prefix = "whsec_"
        guard text.hasPrefix(prefix), let key = Data(base64Encoded: String(text.dropFirst(prefix.count))),
            (24...64).contains(key.count)
        else { return nil }
        self.key = Array(key)
    }

    var description: String { "[secret]" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// The headers by which a receiver knows who sent a webhook and when (Standard Webhooks 1.0.0).
struct WebhookSignature: Sendable, Equatable {
    let id: String
    /// Whole seconds since 1970, of the attempt.
    let timestamp: String
    /// One for each secret, so that either of two is enough while a secret is changed.
    let signature: String

    /// Signs `id.timestamp.body`. An id has no dots.
    init(id: String, at time: Timestamp, body: [UInt8], secrets: [WebhookSecret]) {
        self.id = id
        timestamp = String(time.milliseconds / 1_000)
        let signed = Array("\(id).\(timestamp).".utf8)
        signature = secrets.map { secret in
            let code = HMACSHA256.authenticate(parts: [signed, body], key: secret.key)
            return "v1,\(Data(code).base64EncodedString())"
        }.joined(separator: " ")
    }
}
