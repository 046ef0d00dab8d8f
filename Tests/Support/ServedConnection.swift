internal import Foundation
internal import Synchronization

/// The server's end of one connection, as a script of `ScriptedServer` sees it. Blocks the calling thread.
public final class ServedConnection: Sendable {
    private let descriptor: Int32
    private let unread = Mutex<[UInt8]>([])

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Sends the text as it is; nothing happens when the peer is gone.
    public func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Sends the bytes as they are; nothing happens when the peer is gone.
    public func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends a whole answer with its length.
    public func answer(_ status: String = "200 OK", headers: [String] = [], body: String = "") {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Does nothing until the peer has closed its end or the server is stopped.
    public func waitUntilPeerLeaves() {
        while receive() {}
    }

    /// Closes both directions.
    public func hangUp() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// The next request; nil when the peer has left before a whole one.
    func readRequest() -> ScriptedServer.Received? {
        while true {
            if let request = unread.withLock({ takeRequest(from: &$0) }) { return request }
            guard receive() else { return nil }
        }
    }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        unread.withLock { $0 += buffer.prefix(count) }
        return true
    }
}

private func takeRequest(from bytes: inout [UInt8]) -> ScriptedServer.Received? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let length = ScriptedServer.Received(head: head, body: []).header("content-length").flatMap { Int($0) } ?? 0
    guard bytes.count >= end.upperBound + length else { return nil }
    let body = Array(bytes[end.upperBound..<(end.upperBound + length)])
    bytes.removeFirst(end.upperBound + length)
    return ScriptedServer.Received(head: head, body: body)
}
