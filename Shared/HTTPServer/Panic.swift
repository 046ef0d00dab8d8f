internal import CMicroHTTPD
internal import Foundation
internal import Synchronization

/// Where the library's last words go: it has one panic callback for the whole process.
private let panicTelemetry = Mutex<RequestTelemetry?>(nil)

/// From now on a panic of the library is logged by this server, before the process ends.
func setPanicLogger(_ telemetry: RequestTelemetry) {
    panicTelemetry.withLock { $0 = telemetry }
    MHD_set_panic_func(panicked, nil)
}

/// Called by the library when its own state is broken, after which nothing it does is safe. The reason is one of its
/// constants.
private func panicked(
    _ context: UnsafeMutableRawPointer?, _ file: UnsafePointer<CChar>?, _ line: UInt32, _ reason: UnsafePointer<CChar>?
) {
    let text = reason.map { String(cString: $0) } ?? "no reason"
    panicTelemetry.withLock { $0 }?.notePanic(reason: text, line: line)
    abort()
}
