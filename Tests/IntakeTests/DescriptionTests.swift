import Events
import Foundation
import HTTPClient
import HTTPServer
import Runtime
import Store
import Support
import Telemetry
import Testing

@testable import Delivery
@testable import Intake

/// The OpenAPI document and the route table say the same.
@Suite("The public port's description")
struct DescriptionTests {
    struct Operation: Hashable, CustomStringConvertible {
        let method: String
        let path: String
        let roles: [String]
        let accepts: [String]
        var description: String { "\(method) \(path) \(roles) \(accepts)" }
    }

    static func document() throws -> [String: Any] {
        let bytes = try Repository.bytes("Services/Intake/openapi.json")
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }

    static func described() throws -> Set<Operation> {
        let paths = try #require(try document()["paths"] as? [String: [String: [String: Any]]])
        return Set(
            paths.flatMap { path, operations in
                operations.map { method, operation in
                    let body = operation["requestBody"] as? [String: Any]
                    let content = body?["content"] as? [String: Any]
                    return Operation(
                        method: method.uppercased(), path: path,
                        roles: (operation["x-roles"] as? [String] ?? []).sorted(),
                        accepts: (content ?? [:]).keys.sorted())
                }
            })
    }

    @Test("every route is described with its roles and media types, and nothing else is")
    func routes() async throws {
        try await IntakeUnderTest.run { intake in
            let desk = Desk(
                intake: Intake(
                    registry: intake.registry, region: "23", outbox: Outbox(service: .intake, region: "23"),
                    time: .system, ids: .system), store: intake.store, backlog: intake.backlog)
            let groups = IntakeRoutes.groups(
                desk,
                forms: FormEndpoints(
                    desk: desk, profile: FormProfile(registry: intake.registry), metrics: FormMetrics(intake.metrics)),
                questionnaires: QuestionnaireEndpoints(registry: intake.registry, version: "1"))
            let served = Set(
                groups.flatMap { group in
                    group.routes.map { route in
                        var roles: Set<Role> = []
                        if case .roles(let named, _) = route.access { roles = named }
                        return Operation(
                            method: route.method.rawValue, path: group.prefix + route.pattern,
                            roles: roles.map(\.rawValue).sorted(), accepts: route.accepts.sorted())
                    }
                })
            let described = try Self.described()
            #expect(served.subtracting(described).isEmpty, "not described: \(served.subtracting(described))")
            #expect(described.subtracting(served).isEmpty, "not served: \(described.subtracting(served))")
        }
    }

    @Test("every reference in the document leads somewhere")
    func references() throws {
        let document = try Self.document()
        var found = 0
        func walk(_ value: Any) throws {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String {
                    var place: Any? = document
                    for step in reference.dropFirst(2).split(separator: "/") {
                        place = (place as? [String: Any])?[String(step)]
                    }
                    #expect(place != nil, "\(reference)")
                    found += 1
                }
                for inner in object.values { try walk(inner) }
            } else if let array = value as? [Any] {
                for inner in array { try walk(inner) }
            }
        }
        try walk(document)
        #expect(found > 50)
    }

    @Test("the document is served as it stands in the repository")
    func served() async throws {
        try await IntakeUnderTest.run { intake in
            let reply = try await intake.send(.get, "/openapi.json")
            #expect(reply.status == 200)
            #expect(reply.body == Array(try Repository.bytes("Services/Intake/openapi.json")))
        }
    }

    @Test("the endpoint tells what it can do, and shows the wording of its questionnaires")
    func fhir() async throws {
        try await IntakeUnderTest.run { intake in
            let metadata = try await intake.send(.get, "/fhir/metadata", token: "tablet")
            #expect(metadata.status == 200 && metadata.text.contains(#""fhirVersion":"4.0.1""#))
            let url = "https://barnsakert.example/fhir/Questionnaire/PLACEHOLDER"
            let search = try await intake.send(.get, "/fhir/Questionnaire?url=\(url)", token: "tablet")
            #expect(search.text.contains(#""total":1"#) && search.text.contains("PLATSHÅLLARE"))
            #expect(try await intake.send(.get, "/fhir/Questionnaire?url=x").text.contains(#""total":0"#))
            let read = try await intake.send(.get, "/fhir/Questionnaire/PLACEHOLDER-1.1.0", token: "tablet")
            #expect(read.status == 200 && read.text.contains(#""resourceType":"Questionnaire""#))
            #expect(try await intake.send(.get, "/fhir/Questionnaire/x").status == 404)
        }
    }
}
