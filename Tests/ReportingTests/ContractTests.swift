import Foundation
import HTTPServer
import Runtime
import Support
import Testing

@testable import Reporting

/// The OpenAPI document says what the code does.
@Suite("OpenAPI document")
struct ContractTests {
    let document: JSONValue

    init() throws {
        document = try JSONDecoder().decode(
            JSONValue.self, from: Repository.bytes("Services/Reporting/openapi.json"))
    }

    @Test("names every route with its roles, and no other")
    func routes() async throws {
        let bench = try await ReportingBench()
        let releases = Releases(region: "23", store: bench.temporary.store, time: .system)
        var expected: [String: [String]] = [:]
        for group in ReportingRoutes.groups(ReleaseEndpoints(releases: releases)) {
            for route in group.routes {
                guard case .roles(let roles, _) = route.access else { continue }
                expected["\(route.method.rawValue) \(group.prefix)\(route.pattern)"] = roles.map(\.rawValue).sorted()
            }
        }
        var described: [String: [String]] = [:]
        for (path, operations) in document["paths"]?.members ?? [:] {
            for (method, operation) in operations.members {
                described["\(method.uppercased()) \(path)"] = operation["x-roles"]?.elements.compactMap(\.text)
            }
        }
        #expect(described == expected)
    }

    @Test("describes every member of a release, and requires what is always there")
    func schema() async throws {
        let bench = try await ReportingBench()
        try await bench.apply(try History(seed: 3, children: 80).records)
        let release = try await bench.release()
        let bytes = try JSONEncoder().encode(ReleaseDocument(release, places: release.places))
        try check(try JSONSerialization.jsonObject(with: bytes), against: "Release")
    }

    /// Members of objects, all the way down; values of enumerations.
    private func check(_ value: Any, against name: String) throws {
        let schema = try #require(document["components"]?["schemas"]?[name])
        let object = try #require(value as? [String: Any], "\(name) is an object")
        let properties = schema["properties"]?.members ?? [:]
        #expect(Set(object.keys).subtracting(properties.keys).isEmpty, "\(name) has members that aren't described")
        let required = schema["required"]?.elements.compactMap(\.text) ?? []
        #expect(Set(required).subtracting(object.keys).isEmpty, "\(name) lacks what is required")
        for (member, value) in object {
            try check(value, against: properties[member] ?? .null, at: "\(name).\(member)")
        }
    }

    private func check(_ value: Any, against schema: JSONValue, at place: String) throws {
        if let name = schema["$ref"]?.text?.split(separator: "/").last { try check(value, against: String(name)) }
        let allowed = schema["enum"]?.elements.compactMap(\.text) ?? []
        if !allowed.isEmpty { #expect(allowed.contains(value as? String ?? ""), "\(place) is no value of its list") }
        if let items = schema["items"] {
            for item in try #require(value as? [Any]) { try check(item, against: items, at: place) }
        }
        if let each = schema["additionalProperties"], each["$ref"] != nil {
            for item in try #require(value as? [String: Any]).values { try check(item, against: each, at: place) }
        }
    }
}
