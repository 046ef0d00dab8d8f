internal import Events
internal import Foundation
internal import HTTPClient
internal import Runtime

/// Sends webhooks over HTTP. Redirects aren't followed, and an answer's body is of no interest.
struct HTTPWebhookSender: WebhookSender {
    let client: HTTPClient
    let time: TimeSource

    func send(_ body: [UInt8], signed signature: WebhookSignature, to url: String) async -> AttemptResult {
        let request = ClientRequest(
            .post, url,
            headers: [
                ClientHeader("content-type", "application/json"), ClientHeader("webhook-id", signature.id),
                ClientHeader("webhook-timestamp", signature.timestamp),
                ClientHeader("webhook-signature", signature.signature),
            ], body: body)
        do throws(HTTPClientFailure) {
            let response = try await client.send(request)
            let retryAfter = response.header("retry-after").flatMap { RetryAfter.wait($0, at: time.now()) }
            return Self.result(ofStatus: response.status, retryAfter: retryAfter)
        } catch {
            return Self.result(of: error)
        }
    }

    /// What a status means (Standard Webhooks 1.0.0): only 2xx is a success.
    static func result(ofStatus status: Int, retryAfter: Duration?) -> AttemptResult {
        func failed(_ errorClass: DeliveryErrorClass, mayHaveArrived: Bool, isDown: Bool) -> AttemptResult {
            .failed(
                .init(
                    errorClass: errorClass, retryAfter: retryAfter, mayHaveArrived: mayHaveArrived,
                    isReceiverDown: isDown, name: "status-\(status)"))
        }
        return switch status {
        case 200...299: .taken
        case 410: .gone
        case 429: failed(.serverError, mayHaveArrived: false, isDown: true)
        case 408, 504: failed(.timeout, mayHaveArrived: true, isDown: true)
        case 500...599: failed(.serverError, mayHaveArrived: true, isDown: true)
        default: failed(.refused, mayHaveArrived: false, isDown: false)
        }
    }

    /// What it means that there was no answer.
    static func result(of failure: HTTPClientFailure) -> AttemptResult {
        if failure == .cancelled { return .interrupted }
        let (errorClass, mayHaveArrived): (DeliveryErrorClass, Bool) =
            switch failure {
            case .timedOut(.answering): (.timeout, true)
            case .timedOut(.waiting), .timedOut(.connecting): (.timeout, false)
            case .tooLarge, .badResponse: (.serverError, true)
            case .connectionLost, .cancelled, .other: (.connection, true)
            case .unresolved, .refusedAddress, .unreachable, .tls, .overloaded, .unusableRequest, .unusableSetting,
                .unusableCertificate:
                (.connection, false)
            }
        return .failed(
            .init(
                errorClass: errorClass, mayHaveArrived: mayHaveArrived, isReceiverDown: true, name: failure.name))
    }
}

/// What a receiver asks for by `Retry-After` (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// Seconds, or the time until a date; nil for anything else.
    static func wait(_ text: String, at now: Timestamp) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(Int64(seconds)) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        guard let date = format.date(from: text) else { return nil }
        return max(.zero, Timestamp(date) - now)
    }
}
