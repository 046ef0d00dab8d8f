internal import CCurl
internal import Foundation

// libcurl calls these on the client's thread, inside curl_multi_perform. Functions at the top level, because a closure
// could inherit an actor and trap on a thread that isn't its own.

/// Takes the next bytes of the answer's body. Another number than was given ends the transfer.
func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return 0 }
    return transfer.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

/// Counts a header line; libcurl keeps the lines itself.
func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return 0 }
    return transfer.receive(headerBytes: size * count) ? size * count : 0
}

/// Makes the socket for an address that the host's name was resolved to, or refuses the address. Checked here, after
/// the name was resolved, because a name can lead anywhere, and to another place the next time it's asked.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let transfer = transfer(context), let address else { return CURL_SOCKET_BAD }
    let isLocalSocket = address.pointee.family == AF_UNIX
    if !transfer.allowsPrivateAddresses, !isLocalSocket {
        let family = address.pointee.family
        let isPublic = withUnsafePointer(to: &address.pointee.addr) { socketAddress in
            IPAddress(socketAddress: socketAddress, family: family)?.isPublic ?? false
        }
        guard isPublic else {
            transfer.refusal = .refusedAddress
            return CURL_SOCKET_BAD
        }
    }
    // A public address among those refused is tried, and its own failure counts.
    transfer.refusal = nil
    return socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}
