internal import Events
internal import Foundation
internal import HTTPServer
internal import Store
internal import Telemetry

/// The operations port: process, readiness, metrics, version, counts. No personal data and no sign-in.
struct OperationsEndpoints: Sendable {
    let health: Health
    let counts: CountsAnswer

    init(health: Health, counts: @escaping @Sendable (ReadScope) throws -> [Count]) {
        self.health = health
        self.counts = CountsAnswer(store: health.context.store) { try Self.allCounts($0, own: counts) }
    }

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
                let (all, age) = try await counts.counts()
                return try .json(200, Dictionary(all.map { ($0.name, $0.value) }) { first, _ in first })
                    .with("age", String(age.components.seconds))
            },
        ]
    }

    /// The service's own counts, and Delivery's, which are the same for all.
    static func allCounts(_ scope: ReadScope, own: (ReadScope) throws -> [Count]) throws -> [Count] {
        var counts = try own(scope)
        counts.append(Count("inbox.records", try scope.tally("inbox", "records")))
        let said = try scope.tallies(of: "outbox")
        counts.append(Count("outbox.events", said.reduce(0) { $0 + $1.rows }))
        counts += said.map { Count("said.\($0.name)", $0.rows) }
        counts += try scope.all("SELECT state, count(*) FROM parked GROUP BY state") {
            Count("parked.\($0.text(0))", $0.int(1))
        }
        return counts
    }
}
