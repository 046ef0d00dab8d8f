internal import Foundation
internal import HTTPClient
internal import Support

/// Asks every service what it counts, until all agree with what was sent or nothing moves any more.
struct Reconciling: Sendable {
    /// So long nothing may have changed.
    private static let stillFor = Duration.seconds(20)
    private static let limit = Duration.seconds(300)
    private static let interval = Duration.milliseconds(200)

    let client: HTTPClient
    /// The operations ports, as `http://host:port`.
    let operations: [Service: String]

    func table(of sent: [Fact: Int]) async throws -> Table {
        let began = ContinuousClock.now
        var changedAt = began
        var last: [Service: [String: Int]] = [:]
        while true {
            let counts = try await self.counts()
            let table = Table(sent: sent, counts: counts)
            let now = ContinuousClock.now
            if counts != last { (last, changedAt) = (counts, now) }
            if table.isReconciled || now - changedAt > Self.stillFor || now - began > Self.limit { return table }
            try await Task.sleep(for: Self.interval)
        }
    }

    private func counts() async throws -> [Service: [String: Int]] {
        var counts: [Service: [String: Int]] = [:]
        for (service, base) in operations {
            let answer = try await Caller(client: client, base: base, token: nil).get("/v1/counts")
            counts[service] = answer.members.compactMapValues { value in
                if case .integer(let count) = value { count } else { nil }
            }
        }
        return counts
    }
}
