import HTTPClient

/// A client that may speak to this machine.
func localClient(_ change: (inout HTTPClientSettings) -> Void = { _ in }) throws -> HTTPClient {
    var settings = HTTPClientSettings()
    settings.allowsPrivateAddresses = true
    change(&settings)
    return try HTTPClient(settings: settings)
}

/// The failure with which the request ends, or nil when it's answered.
func failure(of client: HTTPClient, _ request: ClientRequest) async -> HTTPClientFailure? {
    do throws(HTTPClientFailure) {
        _ = try await client.send(request)
        return nil
    } catch {
        return error
    }
}
