internal import Delivery
internal import Events
internal import Foundation
internal import HTTPServer
internal import Runtime
internal import Store
internal import Telemetry

/// What municipalities' systems may call; `openapi.json` describes it.
struct PublicRoutes: Sendable {
    let context: ServiceContext
    let takeAnswer: TakeAnswer
    let readInbox = ReadInbox()

    private static let retryAfter = Duration.seconds(5)

    var group: RouteGroup {
        // The recipient that a referral went to decides, and stands in the store.
        let access = Access.roles(MunicipalRights.roles, .checkedByHandler)
        return RouteGroup(routes: [
            Route(
                .post, "/v1/referrals/{referral}/answers", access: access, accepts: ["application/json"],
                bodyBytesMax: 4 << 10, handler: answer),
            Route(.get, "/v1/inbox", access: access, handler: inbox),
            Route(
                .get, "/openapi.json", access: .roles(MunicipalRights.roles.union([.ops]), .checkedByHandler)
            ) { _ in .bytes(200, contentType: "application/json", PackageResources.openapi_json) },
        ])
    }

    @Sendable private func answer(_ request: Request) async throws -> Response {
        guard !context.backlog.isFull else {
            throw Problem.unavailable("The broker has not taken enough events.", retryAfter: Self.retryAfter)
        }
        let now = context.time.now()
        let incoming = TakeAnswer.Incoming(
            referral: ReferralID(request.parameter("referral")), answer: try AnswerBody.read(request.body),
            caller: request.caller, idempotencyKey: try request.idempotencyKey, write: context.ids.ordered(now),
            traceparent: request.trace.traceparent)
        let takeAnswer = self.takeAnswer
        return try .json(200, try await written { try takeAnswer.take(incoming, now: now, in: $0) })
    }

    @Sendable private func inbox(_ request: Request) async throws -> Response {
        let text = request.query["after"] ?? "0"
        guard let cursor = Int64(text), cursor >= 0 else {
            throw Problem.badRequest(
                "The query is wrong.", errors: [Problem.Fault("after is the next of an earlier page", at: "#/after")])
        }
        let now = context.time.now()
        guard context.seenEnds.isFresh(at: now, within: NotifierSettings.viewAgeMax) else {
            throw Problem.unavailable(
                "Consents as they are now have not been seen within a minute.", retryAfter: Self.retryAfter)
        }
        let (readInbox, caller) = (self.readInbox, request.caller)
        return try .json(200, try await written { try readInbox.read(after: cursor, for: caller, now: now, in: $0) })
    }

    /// What was answered is on disk; a disk without room is the caller's to wait for.
    private func written<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        do {
            return try await context.store.write(body)
        } catch let failure as StoreFailure where failure.decision == .retry {
            throw Problem.unavailable("The store takes nothing at present.", retryAfter: Self.retryAfter)
        }
    }
}
