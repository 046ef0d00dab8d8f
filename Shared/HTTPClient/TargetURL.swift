internal import CCurl

/// Where a request goes, read by libcurl's own parser, so that what was checked is what is connected to.
struct TargetURL: Sendable {
    /// The whole URL.
    let text: String
    /// Scheme, host and port: what keep-alive connections and the limit for one receiver go by.
    let origin: String

    private static let bytesMax = 8_192

    init(_ text: String) throws(HTTPClientFailure) {
        guard text.utf8.count <= Self.bytesMax, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .unusableRequest(.url)
        }
        guard let url = curl_url() else { throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue)) }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
            let whole = Self.part(CURLUPART_URL, of: url),
            let scheme = Self.part(CURLUPART_SCHEME, of: url), ["http", "https"].contains(scheme),
            let host = Self.part(CURLUPART_HOST, of: url),
            let port = Self.part(CURLUPART_PORT, of: url)
        else { throw .unusableRequest(.url) }
        self.text = whole
        origin = "\(scheme)://\(host.lowercased()):\(port)"
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        let flags = part == CURLUPART_PORT ? UInt32(CURLU_DEFAULT_PORT) : 0
        guard curl_url_get(url, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
