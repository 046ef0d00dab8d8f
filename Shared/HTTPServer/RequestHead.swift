internal import CMicroHTTPD

/// The request line and header fields as they came in, before anything was believed.
struct RequestHead: Sendable {
    /// The method's text.
    let method: String
    /// The path, not decoded.
    let path: String
    /// As `HTTP/1.1`.
    let version: String
    let headers: Headers
    let query: Query
    /// Whether some text was not UTF-8 or some escape was broken. The other members then lack it.
    let hasUnreadableText: Bool

    /// `Content-Length` as a number; nil when absent, repeated or not digits.
    var contentLength: Int? {
        let values = headers.all("content-length")
        guard values.count == 1, values[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(values[0])
    }

    /// Whether a body follows.
    var announcesBody: Bool {
        headers.count(of: "transfer-encoding") > 0 || headers.all("content-length").contains { $0 != "0" }
    }

    /// Whether the client waits for a word before it sends the body.
    var expectsContinue: Bool { headers["expect"]?.lowercased() == "100-continue" }

    init(
        method: String, path: String, version: String = "HTTP/1.1", headers: Headers, query: Query = Query(),
        hasUnreadableText: Bool = false
    ) {
        self.method = method
        self.path = path
        self.version = version
        self.headers = headers
        self.query = query
        self.hasUnreadableText = hasUnreadableText
    }

    /// Copies the head out of the library. Only inside the request callback.
    init(
        of connection: OpaquePointer, method: UnsafePointer<CChar>?, path: UnsafePointer<CChar>?,
        version: UnsafePointer<CChar>?
    ) {
        var reading = HeadReading()
        withUnsafeMutablePointer(to: &reading) { reading in
            _ = MHD_get_connection_values_n(connection, .HEADER_KIND, readField, reading)
            _ = MHD_get_connection_values_n(connection, .GET_ARGUMENT_KIND, readField, reading)
        }
        let method = method.flatMap { String(validatingCString: $0) }
        let path = path.flatMap { String(validatingCString: $0) }
        let version = version.flatMap { String(validatingCString: $0) }
        self.init(
            method: method ?? "", path: path ?? "", version: version ?? "", headers: reading.headers,
            query: Query(reading.query),
            hasUnreadableText: reading.hasUnreadableText || method == nil || path == nil || version == nil)
    }
}

private struct HeadReading {
    var headers = Headers()
    var query: [Query.Field] = []
    var hasUnreadableText = false

    mutating func read(_ kind: MHD_ValueKind, _ name: String?, _ value: String?) {
        guard let name, let value else {
            hasUnreadableText = true
            return
        }
        if kind == .HEADER_KIND {
            headers.add(name, value)
        } else if let name = percentDecoded(name), let value = percentDecoded(value) {
            query.append(Query.Field(name, value))
        } else {
            hasUnreadableText = true
        }
    }
}

/// Called by the library for every field, synchronously inside `MHD_get_connection_values_n`.
private func readField(
    _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameBytes: Int,
    _ value: UnsafePointer<CChar>?, _ valueBytes: Int
) -> MHD_Result {
    context?.assumingMemoryBound(to: HeadReading.self).pointee
        .read(kind, text(name, nameBytes), text(value, valueBytes))
    return .YES
}

/// A copy of the bytes as text; nil when they aren't UTF-8. Absent is empty: `?a` has no value.
private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String? {
    guard let start else { return "" }
    return start.withMemoryRebound(to: UInt8.self, capacity: count) {
        String(validating: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
    }
}
