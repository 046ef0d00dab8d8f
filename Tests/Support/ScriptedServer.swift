internal import Foundation
internal import Synchronization

/// A server that answers as a test tells it to, byte for byte: slowly, wrongly, not at all. The counterpart of
/// `RawSocket`; each connection has a thread of its own, so that a script may block.
public final class ScriptedServer: Sendable {
    /// A request as it came over the wire.
    public struct Received: Sendable {
        /// The request line and the header lines.
        public let head: [String]
        /// The body by `Content-Length`.
        public let body: [UInt8]

        /// The value of a header by its name in lower case; nil when it wasn't sent.
        public func header(_ name: String) -> String? {
            for line in head.dropFirst() where line.lowercased().hasPrefix("\(name):") {
                return line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
            }
            return nil
        }
    }

    /// What a connection does with each request it reads.
    public typealias Script = @Sendable (Received, ServedConnection) -> Void

    private struct State {
        var received: [Received] = []
        var connections: [Int32] = []
        var connectionsAccepted = 0
        var stopped = false
    }

    /// The port on 127.0.0.1; 0 for a socket file.
    public let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    /// The requests so far, of all connections.
    public var received: [Received] { state.withLock { $0.received } }
    /// The connections so far.
    public var connectionsAccepted: Int { state.withLock { $0.connectionsAccepted } }
    /// The server's root.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// Listens on any free port of 127.0.0.1, or on a new socket file.
    public init(path: String? = nil, script: @escaping Script) throws {
        (listener, port) = try listening(path: path)
        let thread = Thread { [listener, state = WeakReference(self)] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0, let server = state.server else { break }
                server.serve(descriptor, script)
            }
            close(listener)
        }
        thread.name = "scripted-server"
        thread.start()
    }

    deinit { stop() }

    /// Ends all connections and refuses new ones.
    public func stop() {
        state.withLock { state in
            guard !state.stopped else { return }
            state.stopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in state.connections { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func serve(_ descriptor: Int32, _ script: @escaping Script) {
        let accepted = state.withLock { state in
            guard !state.stopped else { return false }
            state.connections.append(descriptor)
            state.connectionsAccepted += 1
            return true
        }
        guard accepted else {
            close(descriptor)
            return
        }
        let thread = Thread { [self] in
            let connection = ServedConnection(descriptor: descriptor)
            while let request = connection.readRequest() {
                state.withLock { $0.received.append(request) }
                script(request, connection)
            }
            // Forgotten before it is closed: the number may be another file's at once.
            state.withLock { $0.connections.removeAll { $0 == descriptor } }
            close(descriptor)
        }
        thread.start()
    }

    /// The accepting thread must not keep the server alive.
    private struct WeakReference: Sendable {
        weak let server: ScriptedServer?
        init(_ server: ScriptedServer) { self.server = server }
    }
}

private func listening(path: String?) throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(path == nil ? AF_INET : AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw RawSocket.Failure.system("socket", errno) }
    var tcp = sockaddr_in()
    if let path {
        var local = sockaddr_un()
        local.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &local.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        try bind(descriptor, to: &local)
    } else {
        tcp.sin_family = sa_family_t(AF_INET)
        tcp.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try bind(descriptor, to: &tcp)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &tcp) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
    }
    guard listen(descriptor, 64) == 0 else { throw RawSocket.Failure.system("listen", errno) }
    return (descriptor, UInt16(bigEndian: tcp.sin_port))
}

private func bind<Address>(_ descriptor: Int32, to address: inout Address) throws {
    let length = socklen_t(MemoryLayout<Address>.size)
    let code = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.bind(descriptor, $0, length) }
    }
    guard code == 0 else { throw RawSocket.Failure.system("bind", errno) }
}
