/// Why a request is refused whose end, sender or meaning two readers could see in two places.
///
/// libmicrohttpd 0.9.75 takes all of these even when strict: it believes the first of two lengths, lets a length stand
/// beside `Transfer-Encoding`, and reads `Content-Length : 5` as a field of another name, so that the body is left to
/// be read as the next request (RFC 9112 sections 6.1, 6.3, 11.2). Each is pinned by a test on a raw socket.
func framingFault(of head: RequestHead) -> Problem? {
    let headers = head.headers
    let codings = headers.all("transfer-encoding")
    guard head.version == "HTTP/1.1" || head.version == "HTTP/1.0" else {
        return Problem(status: 505, detail: "The server speaks HTTP/1.1 and HTTP/1.0.")
    }
    guard headers.fields.allSatisfy(\.name.isToken) else {
        return .badRequest("A header field's name is not a token.")
    }
    guard headers.areSafeToSend else {
        return .badRequest("A header field's value holds a control character.")
    }
    guard codings.count <= 1, headers.count(of: "content-length") <= 1 else {
        return .badRequest("Content-Length or Transfer-Encoding occurs more than once.")
    }
    guard headers.count(of: "host") <= 1 else {
        return .badRequest("Host occurs more than once.")
    }
    if let coding = codings.first {
        guard headers.count(of: "content-length") == 0 else {
            return .badRequest("Transfer-Encoding and Content-Length exclude each other.")
        }
        guard coding.lowercased() == "chunked", head.version == "HTTP/1.1" else {
            return .badRequest("The only Transfer-Encoding is chunked, in HTTP/1.1.")
        }
    } else if headers.count(of: "content-length") == 1, head.contentLength == nil {
        return .badRequest("Content-Length is not a number.")
    }
    return nil
}

/// Why the body is refused that the route does not take, judged by the header fields alone.
func contentFault(of head: RequestHead, accepts: Set<String>, bodyBytesMax: Int) -> Problem? {
    guard head.headers.count(of: "content-encoding") == 0 else {
        return Problem(status: 415, detail: "Bodies are taken without Content-Encoding.")
    }
    if let length = head.contentLength, length > bodyBytesMax {
        return .bodyTooLarge(bodyBytesMax)
    }
    let hasBodyByMethod = !accepts.isEmpty && ["POST", "PUT", "PATCH"].contains(head.method)
    guard head.announcesBody || hasBodyByMethod else { return nil }
    guard !accepts.isEmpty else {
        return Problem(status: 415, detail: "This address takes no body.")
    }
    guard head.headers.count(of: "content-type") == 1, let type = head.headers["content-type"],
        accepts.contains(mediaType(type)), hasReadableCharset(type)
    else {
        return Problem(
            status: 415, detail: "Content-Type must be one of \(accepts.sorted().joined(separator: ", ")), in UTF-8.")
    }
    return nil
}

extension Problem {
    /// 413 with the limit.
    static func bodyTooLarge(_ bytesMax: Int) -> Problem {
        Problem(status: 413, detail: "The body may have at most \(bytesMax) bytes.")
    }
}

/// The type and subtype of a Content-Type value.
private func mediaType(_ value: String) -> String {
    let type = value.prefix { $0 != ";" }
    return type.filter { $0 != " " && $0 != "\t" }.lowercased()
}

/// Whether a `charset` parameter, if there is one, says UTF-8 (or ASCII, a part of it).
private func hasReadableCharset(_ value: String) -> Bool {
    for parameter in value.split(separator: ";").dropFirst() {
        let text = parameter.filter { !" \t\"".contains($0) }.lowercased()
        if text.hasPrefix("charset="), !["charset=utf-8", "charset=us-ascii"].contains(text) { return false }
    }
    return true
}
