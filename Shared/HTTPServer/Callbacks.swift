internal import CMicroHTTPD
internal import Foundation

// The library's callbacks. They are functions at the top level of a file, because a closure could be inferred to belong
// to the main actor and then trap on the library's thread. `context` is the server's `Reception`, which the `Daemon`
// keeps alive from the start to the stop.

/// Called for a request at its headers, for every piece of its body, at its end, and again after a resume.
func handleRequest(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
    _ uploadBytes: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let connection, let uploadBytes, let slot else { return .NO }
    let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
    guard let known = slot.pointee else {
        guard let socket = http_connection_context(connection) else { return .NO }
        let client = Unmanaged<Connection>.fromOpaque(socket).takeUnretainedValue()
        let peer = reception.asksForCertificates ? client.peer(verifying: connection) : .notAsked
        let head = RequestHead(of: connection, method: method, path: url, version: version)
        let exchange = reception.begin(head, on: client, peer: peer)
        slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
        return exchange.answersAtHeaders ? reception.send(exchange, on: connection) : .YES
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
    if uploadBytes.pointee > 0 {
        let mayGoOn = exchange.receive(UnsafeRawBufferPointer(start: upload, count: uploadBytes.pointee))
        uploadBytes.pointee = 0
        return mayGoOn ? .YES : .NO
    }
    if exchange.response != nil { return reception.send(exchange, on: connection) }
    reception.handOver(exchange, suspending: connection)
    return .YES
}

/// Called when a request has ended, with its answer sent or not.
func requestEnded(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let context, let slot, let known = slot.pointee else { return }
    let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
    let exchange = Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
    slot.pointee = nil
    exchange.connection.turnToClient(.now)
    reception.work.end()
}

/// Called when a connection was accepted and before its socket is closed.
func connectionChanged(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ change: MHD_ConnectionNotificationCode
) {
    guard let context, let connection, let slot else { return }
    let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
    switch change {
    case .CONNECTION_NOTIFY_STARTED:
        let client = Connection(socket: http_connection_socket(connection), now: .now)
        slot.pointee = Unmanaged.passRetained(client).toOpaque()
        reception.work.opened(client)
    case .CONNECTION_NOTIFY_CLOSED:
        guard let known = slot.pointee else { return }
        let client = Unmanaged<Connection>.fromOpaque(known).takeRetainedValue()
        slot.pointee = nil
        client.forgetSocket()
        reception.work.closed(client)
    @unknown default:
        return
    }
}

/// Called with the format of each message of the library.
func libraryMessage(_ context: UnsafeMutableRawPointer?, _ format: UnsafePointer<CChar>?) {
    guard let context, let format else { return }
    let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
    reception.telemetry.noteLibraryMessage(format: String(cString: format))
}

/// Leaves an address as it came: the router decodes each segment by itself.
func leaveEscaped(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
    text.map { strlen($0) } ?? 0
}

extension Reception {
    /// Sends the exchange's answer. Only inside the request callback.
    func send(_ exchange: Exchange, on connection: OpaquePointer) -> MHD_Result {
        guard let given = exchange.response else { return .NO }
        if !given.headers.areSafeToSend { telemetry.noteUnsafeHeaders(exchange) }
        let response = given.finished()
        exchange.connection.turnToClient(.now)
        telemetry.note(exchange, status: response.status)
        let closing = response.status >= 400 || work.isDraining
        return queue(response, on: connection, closing: closing)
    }
}
