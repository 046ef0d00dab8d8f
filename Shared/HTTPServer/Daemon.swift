internal import CMicroHTTPD
internal import Foundation
internal import Runtime

/// The library's daemon and the memory it points to, on a thread of its own: stopping it joins threads, which must not
/// block the cooperative pool.
actor Daemon {
    private let executor = ThreadExecutor(name: "http-daemon")
    private let settings = UnsafeMutablePointer<HTTPDaemonSettings>.allocate(capacity: 1)
    private var handle: OpaquePointer?
    private var reception: Reception?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init() {
        settings.initialize(to: HTTPDaemonSettings())
    }

    /// Starts the library's threads on a listening socket, which must live until `stop` has returned.
    func start(
        _ reception: Reception, on socket: Int32, limits: HTTPServerLimits, tls: HTTPServerSettings.TLS?
    ) throws(HTTPServerFailure) {
        self.reception = reception
        settings.pointee.context = Unmanaged.passUnretained(reception).toOpaque()
        settings.pointee.handle = handleRequest
        settings.pointee.completed = requestEnded
        settings.pointee.connection = connectionChanged
        settings.pointee.message = libraryMessage
        settings.pointee.unescape = leaveEscaped
        settings.pointee.listening_socket = socket
        settings.pointee.threads = UInt32(max(1, limits.threads))
        settings.pointee.connections_max = UInt32(limits.connectionsMax)
        settings.pointee.connections_per_address_max = UInt32(limits.connectionsPerAddressMax)
        settings.pointee.idle_seconds_max = UInt32(max(1, limits.idleTimeout.components.seconds))
        settings.pointee.connection_bytes_max = limits.connectionBytesMax
        if let tls {
            settings.pointee.certificate = terminated(tls.certificatePEM)
            settings.pointee.key = terminated(tls.keyPEM)
            settings.pointee.client_authorities = tls.clientAuthoritiesPEM.flatMap(terminated)
        }
        handle = http_daemon_start(settings)
        guard handle != nil else {
            throw HTTPServerFailure(
                tls == nil
                    ? "the HTTP library refused to start" : "the HTTP library refused to start: look at the TLS files")
        }
    }

    /// Accepts no more connections; those that are open go on.
    ///
    /// The socket is shut, so that clients are refused rather than left waiting, but not closed: the library's threads
    /// may look at the descriptor until they are joined.
    func quiesce() {
        guard let handle else { return }
        let socket = MHD_quiesce_daemon(handle)
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Waits, no longer than `limit`, until `isEmpty`, then ends the library's threads and every connection.
    ///
    /// No connection may be suspended any more. Not subject to cancellation: what was answered last shall get out.
    func stop(when isEmpty: @Sendable () -> Bool, waitingAtMost limit: Duration) {
        let end = ContinuousClock.now + limit
        while !isEmpty(), ContinuousClock.now < end { usleep(2_000) }
        if let handle { MHD_stop_daemon(handle) }
        handle = nil
        reception = nil
    }

    isolated deinit {
        free(UnsafeMutableRawPointer(mutating: settings.pointee.certificate))
        free(UnsafeMutableRawPointer(mutating: settings.pointee.key))
        free(UnsafeMutableRawPointer(mutating: settings.pointee.client_authorities))
        settings.deallocate()
    }
}

/// A copy of the text with a zero byte behind it; the daemon frees it.
private func terminated(_ text: [UInt8]) -> UnsafePointer<CChar>? {
    let copy = calloc(text.count + 1, 1)
    copy?.copyMemory(from: text, byteCount: text.count)
    return UnsafePointer(copy?.assumingMemoryBound(to: CChar.self))
}
