internal import HTTPServer
internal import Runtime
internal import Telemetry

/// What the receiver answers: `POST /hooks/{municipality}` takes deliveries, `GET /received` lists them.
struct ReceiverRoutes: Sendable {
    let secrets: ReceiverSecrets
    let received: ReceivedDeliveries
    let time: TimeSource
    let logger: Logger

    var group: RouteGroup {
        RouteGroup(routes: [
            Route(
                .post, "/hooks/{municipality}", access: .probe, accepts: ["application/json"], bodyBytesMax: 20_480,
                handler: take),
            Route(.get, "/received", access: .probe) { _ in try .json(200, received.all) },
        ])
    }

    @Sendable private func take(_ request: Request) throws -> Response {
        let municipality = request.parameter("municipality")
        guard let secrets = secrets.byMunicipality[municipality] else { throw Problem.notFound }
        let now = time.now()
        let headers = try webhookHeaders(of: request)
        do throws(WebhookVerification.Fault) {
            try WebhookVerification(secrets: secrets).check(headers, body: request.body, now: now)
        } catch {
            logger.warning("delivery refused", Field("rule", shown: error.rawValue), trace: request.trace)
            throw Problem(status: 401, detail: error.rawValue)
        }
        guard let payload = String(validating: request.body, as: UTF8.self) else {
            throw Problem.badRequest("The body is not UTF-8.")
        }
        switch received.receive(headers.id, municipality: municipality, payload: payload, at: now) {
        case .new: logger.info("delivery received", Field("event.id", shown: headers.id), trace: request.trace)
        case .repeated: logger.info("delivery repeated", Field("event.id", shown: headers.id), trace: request.trace)
        case .different: throw Problem.conflict("The webhook-id came before with another body.")
        case .full: throw Problem.unavailable("The receiver's memory is full.", retryAfter: .seconds(60))
        }
        return .empty()
    }

    private func webhookHeaders(of request: Request) throws(Problem) -> WebhookHeaders {
        let values = ["webhook-id", "webhook-timestamp", "webhook-signature"].map { request.headers.all($0) }
        guard values.allSatisfy({ $0.count == 1 }) else {
            throw .badRequest("webhook-id, webhook-timestamp and webhook-signature are needed, once each.")
        }
        return WebhookHeaders(id: values[0][0], timestamp: values[1][0], signatures: values[2][0])
    }
}
