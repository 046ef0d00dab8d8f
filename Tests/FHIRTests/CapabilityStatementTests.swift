import Testing

@testable import FHIR

@Suite("An endpoint says what it can do")
struct CapabilityStatementTests {
    @Test("what was listed is said, and read back the same")
    func statement() throws {
        let statement = CapabilityStatement(
            date: try #require(FHIRDateTime("2026-11-24")), softwareName: "intake", softwareVersion: "1.0.0",
            implementation: "BarnSäkert, Region Jämtland Härjedalen",
            resources: [
                .init("Questionnaire", [.read, .searchType], searchParameters: [.init("url", .uri)]),
                .init("QuestionnaireResponse", [.create, .read]),
            ], interactions: [.batch])
        let text = String(decoding: statement.json(), as: UTF8.self)
        #expect(text.contains(#""status":"active","date":"2026-11-24","kind":"instance""#))
        #expect(text.contains(#""fhirVersion":"4.0.1","format":["application/fhir+json","json"]"#))
        #expect(text.contains(#""rest":[{"mode":"server","resource":[{"type":"Questionnaire""#))
        #expect(text.contains(#""searchParam":[{"name":"url","type":"uri"}]"#))
        #expect(text.hasSuffix(#""interaction":[{"code":"batch"}]}]}"#))
        #expect(try CapabilityStatement.decode(statement.json()) == statement)
    }

    @Test("a statement of another kind isn't read")
    func otherKind() throws {
        let text = #"{"resourceType":"CapabilityStatement","status":"active","date":"2026","kind":"requirements"}"#
        let places = issues { try CapabilityStatement.decode(Array(text.utf8)) }.map(\.place)
        #expect(places.contains("CapabilityStatement.kind"))
    }
}
