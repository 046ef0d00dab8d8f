internal import CMicroHTTPD
internal import Foundation
internal import Runtime

/// The library's daemon and the memory it points to, on a thread of its own: stopping it joins threads, which must not
/// block the cooperative pool.
actor Daemon {
    private let executor = ThreadExecutor(name: "http-daemon")
    private let settings = UnsafeMutablePointer<HTTPDaemonSettings>.allocate(capacity: 1)
    private var handle: OpaquePointer?
    /// The library's copy of the listening socket, once it has given that back.
    private var quiesced: Int32?
    private var reception: Reception?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init() {
        settings.initialize(to: HTTPDaemonSettings())
    }

    /// Starts the library's threads on a listening socket.
    ///
    /// They get a copy of the descriptor: the library closes what it was given when it fails to start, and when it
    /// stops without having been quiesced, but not else. A descriptor that two sides close is soon a stranger's.
    func start(
        _ reception: Reception, on socket: Int32, limits: HTTPServerLimits, tls: HTTPServerSettings.TLS?
    ) throws(HTTPServerFailure) {
        let copy = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw HTTPServerFailure("no descriptor is left to listen with", errorNumber: errno) }
        self.reception = reception
        settings.pointee.context = Unmanaged.passUnretained(reception).toOpaque()
        settings.pointee.handle = handleRequest
        settings.pointee.completed = requestEnded
        settings.pointee.connection = connectionChanged
        settings.pointee.message = libraryMessage
        settings.pointee.unescape = leaveEscaped
        settings.pointee.listening_socket = copy
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
        setPanicLogger(reception.telemetry)
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
        guard socket >= 0 else { return }
        shutdown(socket, Int32(SHUT_RDWR))
        quiesced = socket
    }

    /// Waits, no longer than `limit`, until `isEmpty`, then ends the library's threads and every connection.
    ///
    /// No connection may be suspended any more. Not subject to cancellation: what was answered last shall get out.
    func stop(when isEmpty: @Sendable () -> Bool, waitingAtMost limit: Duration) {
        let end = ContinuousClock.now + limit
        while !isEmpty(), ContinuousClock.now < end { usleep(2_000) }
        if let handle { MHD_stop_daemon(handle) }
        if let quiesced { close(quiesced) }
        (handle, quiesced, reception) = (nil, nil, nil)
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
