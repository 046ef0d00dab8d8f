internal import CMicroHTTPD

/// Queues an answer on its connection. Only inside the request callback.
func queue(_ response: Response, on connection: OpaquePointer, closing: Bool) -> MHD_Result {
    // Copied by the library: the bytes leave after this returns.
    let made = response.body.withUnsafeBytes { body in
        MHD_create_response_from_buffer(
            body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made else { return .NO }
    defer { MHD_destroy_response(made) }
    for field in response.headers.fields where !isOwnedByLibrary(field.name) {
        guard MHD_add_response_header(made, field.name, field.value) == .YES else { return .NO }
    }
    if closing {
        guard MHD_add_response_header(made, "connection", "close") == .YES else { return .NO }
    }
    return MHD_queue_response(connection, UInt32(response.status), made)
}

extension Response {
    /// The answer as it goes out: safe, not stored by default, not guessed at.
    func finished() -> Response {
        guard headers.areSafeToSend, (200...599).contains(status) else { return Response(status: 500).finished() }
        var response = self
        if headers["cache-control"] == nil { response.headers["cache-control"] = "no-store" }
        if headers["x-content-type-options"] == nil { response.headers["x-content-type-options"] = "nosniff" }
        return response
    }
}

/// The fields that the library writes by itself and that would break the message if a handler wrote them.
private func isOwnedByLibrary(_ name: String) -> Bool {
    name == "content-length" || name == "transfer-encoding" || name == "connection" || name == "date"
}
