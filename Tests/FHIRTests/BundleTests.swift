import Testing

@testable import FHIR

@Suite("A batch holds responses that stand alone")
struct BundleTests {
    private static func batch(_ entries: String, type: String = "batch") -> [UInt8] {
        Array(#"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries)]}"#.utf8)
    }

    private static func entry(_ resource: String, method: String = "POST", url: String = "QuestionnaireResponse")
        -> String
    {
        #"{"resource":\#(resource),"request":{"method":"\#(method)","url":"\#(url)"}}"#
    }

    private static let good = #"{"resourceType":"QuestionnaireResponse","status":"stopped"}"#

    @Test("the example's entries are read in their order and keep to the Questionnaire")
    func example() throws {
        let batch = try BatchRequest.decode(Example.bytes("batch"))
        let questionnaire = try Example.questionnaire()
        let answered = try batch.entries.map { try questionnaire.answers(of: $0.response.get(), at: $0.place) }
        #expect(answered.map(\.answeredCount) == [18, 5])
        #expect(batch.entries.map(\.place) == ["Bundle.entry[0].resource", "Bundle.entry[1].resource"])
        #expect(batch.entries[0].fullURL?.hasPrefix("urn:uuid:") == true)
    }

    @Test("an entry that isn't taken leaves the others alone and names its place")
    func oneFaulty() throws {
        let entries = [
            Self.entry(Self.good), Self.entry(#"{"resourceType":"QuestionnaireResponse","status":"done"}"#),
            Self.entry(Self.good, method: "DELETE"), Self.entry(Self.good, url: "Patient"),
            #"{"resource":\#(Self.good)}"#, Self.entry(#"{"resourceType":"Patient"}"#), "1", Self.entry(Self.good),
        ]
        let batch = try BatchRequest.decode(Self.batch(entries.joined(separator: ",")))
        let places = batch.entries.map { entry -> [String?] in
            guard case .failure(let refusal) = entry.response else { return [] }
            return refusal.issues.map(\.place)
        }
        #expect(
            places == [
                [], ["Bundle.entry[1].resource.status"], ["Bundle.entry[2].request.method"],
                ["Bundle.entry[3].request"], ["Bundle.entry[4]"], ["Bundle.entry[5].resource"], ["Bundle.entry[6]"],
                [],
            ])
    }

    @Test("what isn't a batch is refused whole", arguments: ["transaction", "searchset", "batch-response"])
    func otherTypes(type: String) {
        let found = issues { try BatchRequest.decode(Self.batch(Self.entry(Self.good), type: type)) }
        #expect(found.map(\.place) == ["Bundle.type"])
    }

    @Test("a batch has entries, and no more than the limit")
    func count() {
        #expect(
            issues { try BatchRequest.decode(Array(#"{"resourceType":"Bundle","type":"batch"}"#.utf8)) }.map(\.code)
                == [.required])
        let three = Self.batch(Array(repeating: Self.entry(Self.good), count: 3).joined(separator: ","))
        let refusal = #expect(throws: FHIRRefusal.self) { try BatchRequest.decode(three, entriesMax: 2) }
        #expect(refusal?.httpStatus == 413)
        #expect(throws: Never.self) { try BatchRequest.decode(three, entriesMax: 3) }
    }

    @Test("the answer to a batch has an entry for each, with status and outcome")
    func answer() throws {
        let refusal = FHIRRefusal(
            .ruleBroken, [OperationOutcome.Issue(.required, at: "Bundle.entry[1].resource", "Needed.")])
        let response = BatchResponse([
            .init(
                status: "201 Created", location: "QuestionnaireResponse/1/_history/1", etag: #"W/"1""#,
                lastModified: FHIRInstant("2026-11-24T08:30:00Z")),
            .init(refusal),
        ])
        #expect(
            String(decoding: response.json(), as: UTF8.self)
                == #"{"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"201 Created","#
                + #""location":"QuestionnaireResponse/1/_history/1","etag":"W/\"1\"","#
                + #""lastModified":"2026-11-24T08:30:00Z"}},{"response":{"status":"422","outcome":"#
                + #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","#
                + #""diagnostics":"Needed.","expression":["Bundle.entry[1].resource"]}]}}}]}"#)
    }

    @Test("a page of a search names itself, the next page and what it found")
    func searchSet() throws {
        let page = SearchSet(
            total: 2, selfURL: "https://a/fhir/Questionnaire", nextURL: "https://a/fhir/Questionnaire?page=2",
            entries: [.init(fullURL: "https://a/fhir/Questionnaire/1", resource: try Example.response().json())])
        let document = try JSONDocument(page.json(), limits: JSONLimits(), names: ElementName.numbered)
        let text = String(decoding: document.bytes, as: UTF8.self)
        #expect(text.hasPrefix(#"{"resourceType":"Bundle","type":"searchset","total":2,"link":[{"relation":"self","#))
        #expect(text.hasSuffix(#","search":{"mode":"match"}}]}"#))
        let empty = SearchSet(total: 0, selfURL: "https://a", entries: [])
        #expect(!String(decoding: empty.json(), as: UTF8.self).contains("entry"))
    }
}
