internal import Foundation

/// What a handler answers.
///
/// The server adds `Cache-Control: no-store` and `X-Content-Type-Options: nosniff` where the handler set neither, and
/// `Date`, `Content-Length` and, when it closes, `Connection`. A header field that could not be sent safely (a line
/// break in its value) turns the whole answer into a 500 without detail.
public struct Response: Sendable, Equatable {
    /// The status code, 200...599.
    public var status: Int
    /// The header fields.
    public var headers: Headers
    /// The body. Not sent for `HEAD`, 204 and 304.
    public var body: [UInt8]

    /// An answer of parts.
    public init(status: Int, headers: Headers = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer without a body, as 204.
    public static func empty(_ status: Int = 204) -> Response { Response(status: status) }

    /// A body of the given media type.
    public static func bytes(_ status: Int, contentType: String, _ body: [UInt8]) -> Response {
        Response(status: status, headers: ["content-type": contentType], body: body)
    }

    /// A JSON body: keys sorted, so that equal values give equal bytes.
    /// - Throws: what the value's `encode(to:)` throws.
    public static func json(
        _ status: Int, _ value: some Encodable, contentType: String = "application/json"
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .bytes(status, contentType: contentType, [UInt8](try encoder.encode(value)))
    }

    /// Plain text in UTF-8.
    public static func text(
        _ status: Int, _ text: String, contentType: String = "text/plain; charset=utf-8"
    ) -> Response {
        .bytes(status, contentType: contentType, Array(text.utf8))
    }

    /// A page in UTF-8 with the headers that keep it to itself.
    /// - Parameter policy: the page's Content-Security-Policy and what goes with it.
    public static func html(_ status: Int, _ page: String, policy: PagePolicy = .strict) -> Response {
        var response = Response.bytes(status, contentType: "text/html; charset=utf-8", Array(page.utf8))
        for field in policy.headers.fields { response.headers[field.name] = field.value }
        return response
    }

    /// A redirect that is followed with `GET` (303 unless told).
    public static func redirect(to location: String, status: Int = 303) -> Response {
        Response(status: status, headers: ["location": location])
    }

    /// The same answer with one header field set.
    public func with(_ name: String, _ value: String) -> Response {
        var copy = self
        copy.headers[name] = value
        return copy
    }
}

/// The header fields that tell a browser what a page may do.
public struct PagePolicy: Sendable {
    /// The fields to send.
    public let headers: Headers

    /// A policy of one's own.
    public init(headers: Headers) { self.headers = headers }

    /// Nothing from elsewhere, no script, no frame, forms to this server only, no address given to other sites: a page
    /// that shows a family's answers works without any of them.
    public static let strict = PagePolicy(headers: [
        "content-security-policy":
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "x-frame-options": "DENY",
    ])
}
