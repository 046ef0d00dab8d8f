internal import Events
internal import Foundation
internal import HTTPServer
internal import Store
internal import Telemetry

/// The operations port: process, readiness, metrics, version, counts. No personal data and no sign-in.
struct OperationsEndpoints: Sendable {
    let health: Health
    let counts: @Sendable (ReadScope) throws -> [Count]

    var routes: [Route] {
        let context = health.context
        return [
            Route(.get, "/livez", access: .probe) { _ in .text(200, "ok\n") },
            Route(.get, "/readyz", access: .probe) { _ in try await health.readiness() },
            Route(.get, "/metrics", access: .probe) { _ in
                .bytes(200, contentType: MetricsRegistry.contentType, context.metrics.render())
            },
            Route(.get, "/version", access: .probe) { _ in
                try .json(200, ["service": context.service.rawValue, "version": ServiceProcessVersion.text])
            },
            Route(.get, "/v1/counts", access: .probe) { _ in
                let all = try await context.store.read { try Self.allCounts($0, own: counts) }
                return try .json(200, Dictionary(all.map { ($0.name, $0.value) }) { first, _ in first })
            },
        ]
    }

    /// The service's own counts, and Delivery's, which are the same for all.
    static func allCounts(_ scope: ReadScope, own: (ReadScope) throws -> [Count]) throws -> [Count] {
        var counts = try own(scope)
        counts.append(Count("inbox.records", try scope.count("SELECT count(*) FROM inbox")))
        counts.append(Count("outbox.events", try scope.count("SELECT count(*) FROM outbox")))
        counts += try scope.all("SELECT type, count(*) FROM outbox GROUP BY type") {
            Count("said.\($0.text(0))", $0.int(1))
        }
        counts += try scope.all("SELECT state, count(*) FROM parked GROUP BY state") {
            Count("parked.\($0.text(0))", $0.int(1))
        }
        counts += try scope.all("SELECT type, count(*) FROM fact GROUP BY type") {
            Count("facts.\(EventType(ceType: $0.text(0))?.name ?? $0.text(0))", $0.int(1))
        }
        return counts
    }
}
