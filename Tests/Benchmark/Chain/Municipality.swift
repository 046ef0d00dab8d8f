import Foundation
import HTTPServer
import Runtime
import Synchronization
import Telemetry

/// Plays the municipalities' systems: takes notices of referrals and answers each at once.
final class Municipality: Sendable {
    private struct Notice: Decodable {
        struct Details: Decodable { let referral: String }
        let type: String
        let data: Details
    }

    private struct Told: Sendable {
        let municipality: String
        let referral: String
    }

    private static let clerks = 8

    let received = Tally()
    let answered = Tally()
    private let wire: Wire
    private let places: ChainPlaces
    private let told: AsyncStream<Told>
    private let tell: AsyncStream<Told>.Continuation
    private let seen = Mutex<Set<String>>([])

    init(wire: Wire, places: ChainPlaces) {
        self.wire = wire
        self.places = places
        (told, tell) = AsyncStream.makeStream(of: Told.self)
    }

    /// Serves until `stop`.
    func run(until stop: StopSignal) async throws {
        let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
        let routes = RouteGroup(routes: [
            Route(.post, "/hooks/{municipality}", access: .probe, accepts: ["application/json"]) { request in
                try self.take(request)
                return .empty()
            }
        ])
        let server = try HTTPServer(
            HTTPServerSettings(
                name: "municipality", address: .tcp(host: "127.0.0.1", port: places.receiverPort), kind: .operations),
            routes: [routes], logger: logger, metrics: MetricsRegistry())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.clerks {
                group.addTask { for await told in self.told { try await self.answer(told) } }
            }
            _ = await ServiceGroup([server], drainTimeout: .seconds(2)).run(until: stop)
            tell.finish()
            try await group.waitForAll()
        }
    }

    private func take(_ request: Request) throws {
        let notice = try JSONDecoder().decode(Notice.self, from: Data(request.body))
        guard notice.type == "referral.requested", seen.withLock({ $0.insert(notice.data.referral).inserted }) else {
            return
        }
        received.add()
        tell.yield(Told(municipality: request.parameter("municipality"), referral: notice.data.referral))
    }

    /// The notice is here before the notifier has noted that it was taken: until then it refuses the answer.
    private func answer(_ told: Told) async throws {
        let token = places.token("familyTherapist", at: told.municipality)
        _ = try await wire.post(
            "\(places.notifier)/v1/referrals/\(told.referral)/answers", token: token,
            Array(#"{"answer":"accepted"}"#.utf8), patient: [403, 404, 409])
        answered.add()
    }
}
