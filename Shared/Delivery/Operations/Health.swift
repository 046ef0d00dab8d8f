internal import Events
internal import Foundation
internal import HTTPServer
internal import Kafka
internal import Runtime
internal import Store

/// Whether the service can serve those who call it (DESIGN 3.4), and what is worth a look all the same.
struct Health: Sendable {
    let context: ServiceContext
    let contact: BrokerContact
    let stop: StopSignal
    /// The service's own.
    let warnings: @Sendable (ReadScope) throws -> [ReadinessWarning]

    private struct Check: Encodable {
        let status: String
        let observedValue: String?
        let time: String
    }

    private struct Body: Encodable {
        let status: String
        let version: String
        let serviceId: String
        let checks: [String: [Check]]
    }

    /// `/readyz`: 503 when the store takes no writes, the outbox is at its bound or the service drains; everything else
    /// is a warning with 200, so that a broker's outage doesn't take the whole chain out of service.
    func readiness() async throws -> Response {
        var checks: [String: [Check]] = [:]
        var failed = false
        var warned = false
        func note(_ name: String, fails: Bool = false, warns: Bool = false, _ observed: String? = nil) {
            failed = failed || fails
            warned = warned || warns
            let status = fails ? "fail" : warns ? "warn" : "pass"
            checks[name] = [Check(status: status, observedValue: observed, time: context.time.now().rfc3339)]
        }
        note("service:draining", fails: stop.isStopping)
        note("store:writable", fails: await !isWritable())
        note("outbox:rows", fails: context.backlog.isFull, String(context.backlog.unpublishedRows))
        note("outbox:stopped-topics", warns: !context.backlog.stoppedTopics.isEmpty)
        note("broker:contact", warns: !contact.isAvailable)
        let warnings = self.warnings
        let (parked, own) = try await context.store.read { scope in
            (try ParkedRecords.countForPeople(in: scope), try warnings(scope))
        }
        // Those who call are served from what is there already: nothing to take the service out of use for.
        if let progress = context.catchingUp.text(at: .now) { note("log:catching-up", warns: true, progress) }
        note("records:parked", warns: parked > 0, String(parked))
        for warning in own { note(warning.name, warns: warning.holds) }
        let body = Body(
            status: failed ? "fail" : warned ? "warn" : "pass", version: ServiceProcessVersion.text,
            serviceId: context.service.rawValue, checks: checks)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .bytes(
            failed ? 503 : 200, contentType: "application/health+json", Array(try encoder.encode(body)))
    }

    private func isWritable() async -> Bool {
        do {
            _ = try await context.store.write { try $0.execute("UPDATE identity SET id = id") }
            return true
        } catch {
            return false
        }
    }
}

/// The release that this program is.
enum ServiceProcessVersion {
    static let text = "0.1.0"
}
