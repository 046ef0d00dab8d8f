internal import CCurl
internal import Runtime

/// One request under way: a handle of libcurl and what it has received. Belongs to the client's thread.
///
/// A handle serves one request, so that nothing of one receiver is left for the next; connections live in the loop and
/// are used again all the same.
final class Transfer {
    let submission: Submission
    let easy: UnsafeMutableRawPointer
    let allowsPrivateAddresses: Bool
    /// Why one of our callbacks ended the transfer: libcurl only knows that it did.
    var refusal: HTTPClientFailure?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var headerBytes = 0
    private var body: [UInt8] = []

    private static let headerBytesMax = 65_536

    init(_ submission: Submission, settings: HTTPClientSettings) throws(HTTPClientFailure) {
        guard let easy = curl_easy_init() else { throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue)) }
        self.easy = easy
        self.submission = submission
        allowsPrivateAddresses = settings.allowsPrivateAddresses
        for line in submission.request.headerLines {
            guard let list = curl_slist_append(headerList, line) else {
                throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue))
            }
            headerList = list
        }
        let options = TransferOptions(easy: easy)
        try options.set(settings)
        try options.set(submission.request, deadline: submission.deadline, headers: headerList)
        // The loop keeps this object until the handle has left it: the pointer is good for as long as it's used.
        try options.setCallbacks(of: Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
    }

    func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= submission.request.responseBytesMax else {
            refusal = .tooLarge
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    func receive(headerBytes count: Int) -> Bool {
        headerBytes += count
        if headerBytes > Self.headerBytesMax { refusal = .tooLarge }
        return refusal == nil
    }

    /// The answer to the call, now that libcurl is done with it.
    func answer(_ result: CURLcode) -> Submission.Answer {
        guard result == CURLE_OK else { return .failure(refusal ?? failure(result)) }
        var status = 0
        _ = shim_easy_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return .success(ClientResponse(status: status, headers: headers(), body: body))
    }

    private func headers() -> [ClientHeader] {
        var headers: [ClientHeader] = []
        var header = curl_easy_nextheader(easy, UInt32(CURLH_HEADER), -1, nil)
        while let current = header {
            headers.append(
                ClientHeader(String(cString: current.pointee.name), String(cString: current.pointee.value)))
            header = curl_easy_nextheader(easy, UInt32(CURLH_HEADER), -1, current)
        }
        return headers
    }

    private func failure(_ result: CURLcode) -> HTTPClientFailure {
        switch result {
        case CURLE_OPERATION_TIMEDOUT: .timedOut(wasConnected ? .answering : .connecting)
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_COULDNT_CONNECT: .unreachable
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS:
            .tls
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE: .unusableCertificate
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: .connectionLost
        case CURLE_FILESIZE_EXCEEDED: .tooLarge
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .badResponse
        case CURLE_URL_MALFORMAT: .unusableRequest(.url)
        default: .other(code: Int(result.rawValue))
        }
    }

    private var wasConnected: Bool {
        var microseconds: curl_off_t = 0
        _ = shim_easy_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }
}
