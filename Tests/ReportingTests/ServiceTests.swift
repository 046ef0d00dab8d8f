import Foundation
import HTTPClient
import Support
import Testing

@testable import Reporting

/// The whole service on a broker, asked over its public port.
@Suite("Reporting's public port", .serialized)
struct ServiceTests {
    @Test("shows the chain to those whose scope has it, and to nobody else")
    func service() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let reporting = try ReportingOnCluster(cluster.bootstrapServers)
        let history = try History(seed: 7, children: 120).records
        try await reporting.publish(history)
        try reporting.service.start()
        _ = try await reporting.applied(history.count)
        try await whoSees(reporting)
        try await tags(reporting)
        try await page(reporting)
        #expect(try await reporting.get("/v1/indicators", token: "region", method: .head).body.isEmpty)
        reporting.service.signal(SIGTERM)
        #expect(try await reporting.service.ending() == .exited(0))
        try reporting.service.removeData()
    }

    private func whoSees(_ reporting: ReportingOnCluster) async throws {
        for path in ["/", "/style.css", "/v1/indicators"] {
            let none = try await reporting.get(path, token: nil)
            #expect(none.status == 401)
            #expect(none.header("content-type")?.hasPrefix("application/problem+json") == true)
            #expect(try await reporting.get(path, token: "guessed").status == 401)
            #expect(try await reporting.get(path, token: "nurse").status == 403, "a nurse has no part in statistics")
        }
        #expect(try await reporting.get("/v1/indicators", token: "nowhere").status == 403, "a role without a place")
        let whole = try await document(reporting, token: "region")
        #expect(whole.places.map(\.kind).filter { $0 == "unit" }.count == History.units.count)
        let local = try await document(reporting, token: "krokom")
        #expect(Set(local.places.filter { $0.kind == "unit" }.map(\.municipality)) == ["2309"])
        #expect(Set(local.places.filter { $0.kind != "unit" }.map(\.code)) == ["23", "2309"])
        for place in local.places {
            #expect(whole.places.contains(place), "a row is the same whoever sees it: \(place.name)")
        }
    }

    private func tags(_ reporting: ReportingOnCluster) async throws {
        for path in ["/", "/style.css", "/v1/indicators"] {
            let first = try await reporting.get(path, token: "region")
            let tag = try #require(first.header("etag"))
            let again = try await reporting.get(path, token: "region", headers: [.init("If-None-Match", tag)])
            #expect(again.status == 304 && again.body.isEmpty && again.header("etag") == tag)
            let other = try await reporting.get(path, token: "region", headers: [.init("If-None-Match", "\"x\"")])
            #expect(other.status == 200 && other.body == first.body)
        }
    }

    private func page(_ reporting: ReportingOnCluster) async throws {
        let answer = try await reporting.get("/", token: "region")
        let page = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.header("content-type") == "text/html; charset=utf-8")
        #expect(answer.header("content-security-policy")?.contains("default-src 'none'") == true)
        #expect(page.contains("<html lang=\"sv\">") && page.contains("Påhittade uppgifter"))
        for word in ["negativ", "screening", "remiss", "ärende", "riskfamilj", "<script"] {
            #expect(!page.lowercased().contains(word), "\(word) is no word for pages")
        }
    }

    private func document(_ reporting: ReportingOnCluster, token: String) async throws -> ReadRelease {
        let answer = try await reporting.get("/v1/indicators", token: token)
        #expect(answer.status == 200)
        return try JSONDecoder().decode(ReadRelease.self, from: Data(answer.body))
    }
}

/// A release as a caller reads it.
struct ReadRelease: Decodable {
    struct Place: Decodable, Equatable {
        let kind: String
        let code: String
        let name: String
        let municipality: String?
        let figures: [String: Figure]
    }
    struct Figure: Decodable, Equatable {
        let count: Int?
        let share: Double?
        let low: Double?
        let high: Double?
        let symbol: String?
    }
    let origin: String
    let places: [Place]
}

extension ClientResponse {
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}
