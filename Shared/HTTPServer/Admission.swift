/// The judgement on a request at its headers, before a byte of its body is read. Pure; any thread.
struct Admission: Sendable {
    enum Verdict {
        /// The request may be read. Without a caller the sign-in decides once it is whole.
        case accepted(Router.Entry, parameters: [String: String], caller: Caller?)
        /// The request is refused with this answer.
        case refused(Problem, ErrorBody, Router.Entry?, mayReadBody: Bool)
    }

    /// What TLS says about the peer.
    enum Peer: Sendable, Equatable {
        /// Certificates of clients are not asked for.
        case notAsked
        /// A valid certificate with this subject.
        case verified(subject: String)
        /// No certificate, or one that is foreign, expired or not meant for clients.
        case unverified
    }

    let router: Router
    let tokens: TokenDirectory
    let hasSignIn: Bool
    let limits: HTTPServerLimits

    /// Judges the head.
    /// - Parameter overload: the refusal when there is no room for another request.
    func verdict(on head: RequestHead, peer: Peer, overload: Problem?) -> Verdict {
        if let fault = framingFault(of: head) {
            return .refused(fault, errors(for: head), nil, mayReadBody: false)
        }
        guard !head.hasUnreadableText, let path = decodedSegments(ofPath: head.path) else {
            return .refused(
                .badRequest("The address or a header field is not readable UTF-8."), errors(for: head), nil,
                mayReadBody: true)
        }
        if let fault = overload ?? expectationFault(of: head) ?? peerFault(peer) {
            return .refused(fault, router.errors(below: path), nil, mayReadBody: true)
        }
        let method = Method(rawValue: head.method == "HEAD" ? "GET" : head.method)
        switch router.find(method, path: path) {
        case .noSuchPath(let errors):
            return .refused(.notFound, errors, nil, mayReadBody: true)
        case .methodNotAllowed(let allowed, let errors):
            let problem = Problem(status: 405, headers: ["allow": allowed])
            return .refused(problem, errors, nil, mayReadBody: true)
        case .route(let entry, let parameters):
            return verdict(on: head, peer: peer, entry: entry, parameters: parameters)
        }
    }

    private func verdict(
        on head: RequestHead, peer: Peer, entry: Router.Entry, parameters: [String: String]
    ) -> Verdict {
        let caller = caller(of: head, peer: peer, access: entry.route.access)
        if let caller {
            guard entry.route.access.admits(caller, parameters: parameters) else {
                return .refused(.forbidden, entry.errors, entry, mayReadBody: true)
            }
        } else if !hasSignIn || head.headers.count(of: "authorization") > 0 {
            return .refused(.unauthorized, entry.errors, entry, mayReadBody: true)
        }
        let bytesMax = entry.route.bodyBytesMax ?? limits.bodyBytesMax
        if let fault = contentFault(of: head, accepts: entry.route.accepts, bodyBytesMax: bytesMax) {
            // A body that is too long is not waited for.
            return .refused(fault, entry.errors, entry, mayReadBody: fault.status != 413)
        }
        return .accepted(entry, parameters: parameters, caller: caller)
    }

    private func caller(of head: RequestHead, peer: Peer, access: Access) -> Caller? {
        if access.isProbe { return .probe }
        let authorizations = head.headers.all("authorization")
        if let authorization = authorizations.first {
            guard authorizations.count == 1 else { return nil }
            return bearerToken(authorization).flatMap { tokens.caller(token: $0) }
        }
        if case .verified(let subject) = peer { return tokens.caller(certificateSubject: subject) }
        return nil
    }

    private func errors(for head: RequestHead) -> ErrorBody {
        decodedSegments(ofPath: head.path).map(router.errors(below:)) ?? .problem
    }

    private func peerFault(_ peer: Peer) -> Problem? {
        peer == .unverified ? Problem(status: 403, detail: "A valid client certificate is needed.") : nil
    }

    private func expectationFault(of head: RequestHead) -> Problem? {
        head.headers.count(of: "expect") == 0 || head.expectsContinue
            ? nil : Problem(status: 417, detail: "The only expectation is 100-continue.")
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750 section 2.1; the scheme's name in any case).
private func bearerToken(_ authorization: String) -> String? {
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : String(token)
}
