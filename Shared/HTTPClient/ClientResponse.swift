/// What a server answered, whatever the status: a redirect or a 500 is an answer too.
public struct ClientResponse: Sendable {
    /// The status code.
    public let status: Int
    /// The headers of the final answer in their order; those of a 100 or 103 before it are not kept.
    public let headers: [ClientHeader]
    /// The body as it came, never decompressed.
    public let body: [UInt8]

    /// The value of the first header of that name in any case; nil when there is none.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}
