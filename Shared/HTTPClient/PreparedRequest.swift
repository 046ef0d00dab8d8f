/// A request that was found fit to be sent, with everything that libcurl needs as plain values.
struct PreparedRequest: Sendable {
    let method: ClientRequest.Method
    let target: TargetURL
    let headerLines: [String]
    let body: [UInt8]
    let timeout: Duration
    let responseBytesMax: Int

    init(_ request: ClientRequest, settings: HTTPClientSettings) throws(HTTPClientFailure) {
        method = request.method
        target = try TargetURL(request.url)
        guard request.body.isEmpty || (method != .get && method != .head) else { throw .unusableRequest(.body) }
        var lines: [String] = []
        for header in request.headers { lines.append(try Self.line(header)) }
        // An empty line takes back what libcurl would add by itself: waiting for a 100, and a form's content type.
        lines += ["Expect:", "Accept:"].filter { line in !lines.contains { Self.sameName($0, line) } }
        if !lines.contains(where: { Self.sameName($0, "content-type:") }) { lines.append("Content-Type:") }
        headerLines = lines
        body = request.body
        timeout = request.timeout ?? settings.timeout
        responseBytesMax = request.responseBytesMax ?? settings.responseBytesMax
    }

    /// Whether the text may be a header's value: no control character but tab (RFC 9110 section 5.5).
    static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }

    /// These frame the message or steer the connection: two opinions about them are how requests get smuggled.
    private static let ownHeaders: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private static func line(_ header: ClientHeader) throws(HTTPClientFailure) -> String {
        guard isToken(header.name), isFieldValue(header.value), !ownHeaders.contains(header.name.lowercased()) else {
            throw .unusableRequest(.header)
        }
        // libcurl takes "name:" as a wish to leave the header out; "name;" sends it without a value.
        return header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
    }

    private static func sameName(_ left: String, _ right: String) -> Bool {
        func name(_ line: String) -> String { line.prefix { $0 != ":" && $0 != ";" }.lowercased() }
        return name(left) == name(right)
    }

    /// RFC 9110 section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
