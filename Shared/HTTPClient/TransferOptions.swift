internal import CCurl
internal import Runtime

/// Everything that is set on a handle of libcurl, in one place.
struct TransferOptions {
    let easy: UnsafeMutableRawPointer

    /// What holds for every transfer of a client.
    func set(_ settings: HTTPClientSettings) throws(HTTPClientFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        // HTTP/1.1: one request on a connection, so that one answer never waits behind another.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // Without it `http_proxy` of the environment would take every connection past the check of its address.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_USERAGENT, settings.userAgent)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(settings.connectTimeout.wholeMilliseconds))
        // A name that doesn't resolve in time is left to its thread; else the loop, and with it every other transfer,
        // would wait until the resolver gives up.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = settings.authoritiesFile { try set(CURLOPT_CAINFO, file) }
        if let file = settings.certificateFile { try set(CURLOPT_SSLCERT, file) }
        if let file = settings.keyFile { try set(CURLOPT_SSLKEY, file) }
        if let path = settings.unixSocketPath { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
    }

    /// What holds for this request. libcurl copies all but the list.
    func set(
        _ request: PreparedRequest, deadline: ContinuousClock.Instant, headers: UnsafeMutablePointer<curl_slist>?
    ) throws(HTTPClientFailure) {
        try set(CURLOPT_URL, request.target.text)
        let left = (deadline - ContinuousClock.now).wholeMilliseconds
        // Zero would mean for ever.
        try set(CURLOPT_TIMEOUT_MS, max(Int(left), 1))
        try check(shim_easy_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.responseBytesMax)))
        try check(shim_easy_set_list(easy, CURLOPT_HTTPHEADER, headers))
        switch request.method {
        case .get: try set(CURLOPT_HTTPGET, 1)
        case .head: try set(CURLOPT_NOBODY, 1)
        case .delete where request.body.isEmpty: try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case .post, .put, .patch, .delete:
            try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
            try check(shim_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
            // An empty array's address may be null, which would mean that the body is to be asked for.
            let code = (request.body.isEmpty ? [0] : request.body).withUnsafeBufferPointer { body in
                shim_easy_set_string(
                    easy, CURLOPT_COPYPOSTFIELDS,
                    UnsafeRawPointer(body.baseAddress)?.assumingMemoryBound(to: CChar.self)
                )
            }
            try check(code)
        }
    }

    func setCallbacks(of transfer: UnsafeMutableRawPointer) throws(HTTPClientFailure) {
        try check(shim_easy_set_receiver(easy, CURLOPT_WRITEFUNCTION, receiveBody))
        try check(shim_easy_set_pointer(easy, CURLOPT_WRITEDATA, transfer))
        try check(shim_easy_set_receiver(easy, CURLOPT_HEADERFUNCTION, receiveHeader))
        try check(shim_easy_set_pointer(easy, CURLOPT_HEADERDATA, transfer))
        try check(shim_easy_set_opensocket(easy, openSocket))
        try check(shim_easy_set_pointer(easy, CURLOPT_OPENSOCKETDATA, transfer))
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPClientFailure) {
        try check(shim_easy_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPClientFailure) {
        try check(shim_easy_set_string(easy, option, value))
    }

    private func check(_ code: CURLcode) throws(HTTPClientFailure) {
        guard code == CURLE_OK else { throw .other(code: Int(code.rawValue)) }
    }
}
