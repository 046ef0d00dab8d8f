internal import CMicroHTTPD

/// The right to wake one suspended connection, once.
///
/// Suspending makes the token; resuming consumes it, so that the compiler refuses a second resume, which libmicrohttpd
/// leaves undefined. A token that is dropped instead is a bug: it stops in debug, and otherwise resumes rather than
/// leave the connection suspended for ever.
///
/// Unchecked, because the pointer crosses threads, and safe: (1) `MHD_resume_connection` may be called from any thread
/// (its documentation; it takes the daemon's own lock). (2) The pointer is used for nothing else. (3) It is valid: a
/// suspended connection has left the lists that time-outs and closing work on, so the library frees it only after a
/// resume, and the daemon is stopped only when every token has been consumed (`Reception.close`, `HTTPServer.run`).
struct ConnectionToken: ~Copyable, @unchecked Sendable {
    private let connection: OpaquePointer

    /// Suspends the connection. Only inside its request callback.
    init(suspending connection: OpaquePointer) {
        MHD_suspend_connection(connection)
        self.connection = connection
    }

    /// Lets the library call the request callback again, on the connection's own thread.
    consuming func resume() {
        MHD_resume_connection(connection)
        discard self
    }

    deinit {
        assertionFailure("a suspended connection was forgotten")
        MHD_resume_connection(connection)
    }
}
