internal import CCurl
internal import Foundation

/// Sends HTTP requests and waits for the answers, over libcurl.
///
/// One thread of its own drives all transfers of a client, so that no thread of the cooperative pool waits for a
/// network. Connections are kept and used again. Redirects are not followed, cookies not kept, proxies and credentials
/// of the environment not used, and bodies not decompressed.
///
/// Any task may call; calls to one origin start in order, and may be answered in any. The thread ends when the client
/// is released.
public final class HTTPClient: Sendable {
    private let settings: HTTPClientSettings
    private let mailbox: Mailbox

    /// Starts the client's thread.
    /// - Throws: `.unusableSetting`; `.other` when the system has no descriptors left.
    public init(settings: HTTPClientSettings) throws(HTTPClientFailure) {
        try settings.check()
        guard Self.library == CURLE_OK else { throw .other(code: Int(Self.library.rawValue)) }
        self.settings = settings
        let mailbox = try Mailbox(unansweredMax: settings.concurrentTransfersMax + settings.waitingTransfersMax)
        self.mailbox = mailbox
        let thread = Thread { TransferLoop.run(mailbox: mailbox, settings: settings) }
        thread.name = "http-client"
        thread.start()
    }

    deinit { mailbox.close() }

    /// Sends the request and gives the answer, whatever its status.
    ///
    /// Ends within the request's timeout. A cancelled task's transfer is broken off; the receiver may have got it. When
    /// a kept connection turns out to be closed, libcurl sends the request once more on a new one: a request that must
    /// not take effect twice carries an id.
    public func send(_ request: ClientRequest) async throws(HTTPClientFailure) -> ClientResponse {
        let prepared = try PreparedRequest(request, settings: settings)
        let deadline = ContinuousClock.now + prepared.timeout
        let id = mailbox.makeID()
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                mailbox.submit(
                    Submission(id: id, request: prepared, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            mailbox.cancel(id)
        }
        return try answer.get()
    }

    /// libcurl is set up once in a process, before its first use.
    private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
