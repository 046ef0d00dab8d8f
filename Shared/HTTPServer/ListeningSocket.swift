internal import Foundation

/// A socket that is bound and listens; closed, and its file removed, when the value ends.
///
/// Bound here and not by the library, so that a taken port is an error of `start`, the chosen port can be read, and a
/// socket in the file system has its mode before anybody can connect.
struct ListeningSocket: ~Copyable, Sendable {
    let descriptor: Int32
    /// The port of a TCP socket.
    let port: UInt16?
    private let path: String?

    /// Binds and listens.
    init(_ address: HTTPServerSettings.Address) throws(HTTPServerFailure) {
        switch address {
        case .tcp(let host, let port):
            let bound = try boundToTCP(host: host, port: port)
            (descriptor, self.port, path) = (bound.descriptor, bound.port, nil)
        case .unix(let path):
            (descriptor, port, self.path) = (try boundToFile(path), nil, path)
        }
    }

    /// Closes now rather than when the value happens to end: after the threads that look at it.
    consuming func end() {}

    deinit {
        close(descriptor)
        if let path { unlink(path) }
    }
}

private func boundToTCP(host: String, port: UInt16) throws(HTTPServerFailure) -> (descriptor: Int32, port: UInt16) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found?.pointee else {
        throw HTTPServerFailure("the host to listen on has no address: give a name or number of this machine")
    }
    defer { freeaddrinfo(found) }
    let descriptor = try newSocket(address.ai_family)
    do throws(HTTPServerFailure) {
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        try require(bind(descriptor, address.ai_addr, address.ai_addrlen), "the address and port cannot be bound")
        try require(listen(descriptor, SOMAXCONN), "the port cannot be listened on")
        return (descriptor, try boundPort(descriptor))
    } catch {
        close(descriptor)
        throw error
    }
}

private func boundPort(_ descriptor: Int32) throws(HTTPServerFailure) -> UInt16 {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let (result, port) = withUnsafeMutablePointer(to: &storage) { storage in
        storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            let result = getsockname(descriptor, address, &size)
            // The port stands in the same place for IPv4 and IPv6.
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { (result, $0.pointee.sin_port) }
        }
    }
    try require(result, "the port cannot be read")
    return UInt16(bigEndian: port)
}

private func boundToFile(_ path: String) throws(HTTPServerFailure) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard !bytes.isEmpty, bytes.count < room else {
        throw HTTPServerFailure("the path of a socket has 1 to \(room - 1) bytes")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    var status = stat()
    if lstat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw HTTPServerFailure("a file that is not a socket stands where the socket should: move it away")
        }
        try require(unlink(path), "the socket file of an earlier run cannot be removed")
    }
    let descriptor = try newSocket(AF_UNIX)
    do throws(HTTPServerFailure) {
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        try require(bound, "the socket file cannot be made")
        // Before `listen`: until then nobody can connect.
        try require(chmod(path, 0o600), "the mode of the socket file cannot be set")
        try require(listen(descriptor, SOMAXCONN), "the socket file cannot be listened on")
        return descriptor
    } catch {
        close(descriptor)
        throw error
    }
}

private func newSocket(_ family: Int32) throws(HTTPServerFailure) -> Int32 {
    // Non-blocking: two threads poll the socket, and the slower one must not hang in `accept`.
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, kind, 0)
    try require(descriptor, "no socket can be made")
    return descriptor
}

private func require(_ result: Int32, _ failure: String) throws(HTTPServerFailure) {
    guard result < 0 else { return }
    let number = errno
    throw HTTPServerFailure("\(failure): \(String(cString: strerror(number)))", errorNumber: number)
}
