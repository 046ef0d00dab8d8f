internal import Foundation
internal import Runtime

/// A client that sends exactly the bytes a test gives it and reads what comes back. Each has a thread of its own: a
/// blocking read on the cooperative pool would keep the server's handlers from running.
public actor RawSocket {
    /// What an answer looked like on the wire.
    public struct Answer: Sendable, CustomStringConvertible {
        /// The status code.
        public let status: Int
        /// Names in lower case.
        public let headers: [String: String]
        /// The body by `Content-Length`.
        public let body: [UInt8]
        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }
        /// For failing expectations.
        public var description: String { "\(status) \(headers) \(text)" }
    }

    /// What went wrong on the client's side.
    public enum Failure: Error {
        /// The system call and its error number.
        case system(String, Int32)
        /// Nothing came for that long.
        case timedOut
        /// The server closed before the answer was whole; what had come.
        case closed(String)
    }

    private let executor = ThreadExecutor(name: "raw-socket")
    private let descriptor: Int32
    private var unread: [UInt8] = []

    /// The client's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects to a port of 127.0.0.1.
    public init(port: UInt16) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        descriptor = try connected(AF_INET, &address)
    }

    /// Connects to a socket file.
    public init(path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        descriptor = try connected(AF_UNIX, &address)
    }

    deinit { close(descriptor) }

    /// Sends the text's UTF-8 bytes.
    public func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends the bytes.
    public func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count >= 0 else { throw Failure.system("send", errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Says that nothing more will be sent.
    public func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends a request and reads its answer.
    public func exchange(_ text: String, isHead: Bool = false) throws -> Answer {
        try send(text)
        return try answer(isHead: isHead)
    }

    /// Reads the next answer, without interim ones.
    public func answer(isHead: Bool = false, timeout: Duration = .seconds(10)) throws -> Answer {
        while true {
            let answer = try nextAnswer(isHead: isHead, timeout: timeout)
            if answer.status != 100 { return answer }
        }
    }

    /// Reads the next answer, interim ones (100) too.
    public func nextAnswer(isHead: Bool = false, timeout: Duration = .seconds(10)) throws -> Answer {
        let end = ContinuousClock.now + timeout
        let separator = Array("\r\n\r\n".utf8)
        var headEnd = unread.firstRange(of: separator)
        while headEnd == nil {
            guard try read(until: end) else { throw Failure.closed(String(decoding: unread, as: UTF8.self)) }
            headEnd = unread.firstRange(of: separator)
        }
        guard let headEnd else { throw Failure.timedOut }
        let lines = String(decoding: unread[..<headEnd.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        unread.removeSubrange(..<headEnd.upperBound)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        let status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        let length = isHead ? 0 : headers["content-length"].flatMap { Int($0) } ?? 0
        while unread.count < length {
            guard try read(until: end) else { throw Failure.closed(String(decoding: unread, as: UTF8.self)) }
        }
        let body = Array(unread.prefix(length))
        unread.removeFirst(length)
        return Answer(status: status, headers: headers, body: body)
    }

    /// Whether the server closes the connection within the time, without sending anything more.
    public func isClosed(within timeout: Duration = .seconds(5)) -> Bool {
        do {
            return try unread.isEmpty && !read(until: .now + timeout) && unread.isEmpty
        } catch Failure.system(_, let number) {
            return number == ECONNRESET
        } catch {
            return false
        }
    }

    /// Everything until the server closes.
    public func rest(timeout: Duration = .seconds(5)) throws -> [UInt8] {
        let end = ContinuousClock.now + timeout
        while try read(until: end) {}
        defer { unread = [] }
        return unread
    }

    /// Reads what is there; false at the end of the stream.
    private func read(until end: ContinuousClock.Instant) throws -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let left = max(0, (end - .now).wholeMilliseconds)
        guard poll(&waiting, 1, Int32(left)) > 0 else { throw Failure.timedOut }
        let bytes = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            let got = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            guard got >= 0 else { throw Failure.system("recv", errno) }
            count = got
        }
        unread += bytes
        return !bytes.isEmpty
    }
}

private func connected<Address>(_ family: Int32, _ address: inout Address) throws -> Int32 {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw RawSocket.Failure.system("socket", errno) }
    let size = socklen_t(MemoryLayout<Address>.size)
    let result = withUnsafePointer(to: &address) { address in
        address.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else {
        let number = errno
        close(descriptor)
        throw RawSocket.Failure.system("connect", number)
    }
    return descriptor
}
