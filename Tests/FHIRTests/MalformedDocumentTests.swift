import Testing

@testable import FHIR

@Suite("A document that isn't JSON is refused, and the place named")
struct MalformedDocumentTests {
    private static let root = "QuestionnaireResponse"

    @Test(
        "malformed in every way",
        arguments: [
            Faulty("nothing at all", "", .structure, at: root),
            Faulty("only whitespace", " \n\t ", .structure, at: root),
            Faulty("plain text", "hej", .structure, at: root),
            Faulty("an object that never ends", #"{"resourceType":"QuestionnaireResponse""#, .structure, at: root),
            Faulty("a name without quotation marks", #"{resourceType:1}"#, .structure, at: root),
            Faulty("apostrophes for quotation marks", "{'status':'completed'}", .structure, at: root),
            Faulty("a name without a value", #"{"status"}"#, .structure, at: "\(root).status"),
            Faulty("a comma at an object's end", #"{"status":"completed",}"#, .structure, at: root),
            Faulty("a comma at an array's end", #"{"item":[1,]}"#, .structure, at: "\(root).item"),
            Faulty("two values without a comma", #"{"item":[1 2]}"#, .structure, at: "\(root).item"),
            Faulty("something after the end", #"{} {}"#, .structure, at: root),
            Faulty("a comment", "{/* */}", .structure, at: root),
            Faulty("a string that never ends", #"{"status":"comp"#, .structure, at: "\(root).status"),
            Faulty("a line end in a string", "{\"status\":\"a\nb\"}", .structure, at: "\(root).status"),
            Faulty("an unknown escape", #"{"status":"\x41"}"#, .structure, at: "\(root).status"),
            Faulty("a short unicode escape", #"{"status":"\u12"}"#, .structure, at: "\(root).status"),
            Faulty("a surrogate alone", #"{"status":"\ud83d"}"#, .structure, at: "\(root).status"),
            Faulty("a surrogate's other half first", #"{"status":"\ude00\ud83d"}"#, .structure, at: "\(root).status"),
            Faulty("a number with a leading zero", #"{"item":[01]}"#, .structure, at: "\(root).item"),
            Faulty("a number with a plus sign", #"{"item":[+1]}"#, .structure, at: "\(root).item"),
            Faulty("a number that ends in its point", #"{"item":[1.]}"#, .structure, at: "\(root).item"),
            Faulty("a number with an empty exponent", #"{"item":[1e]}"#, .structure, at: "\(root).item"),
            Faulty("a minus sign alone", #"{"item":[-]}"#, .structure, at: "\(root).item"),
            Faulty("infinity", #"{"item":[Infinity]}"#, .structure, at: "\(root).item"),
            Faulty("a literal in capitals", #"{"item":[True]}"#, .structure, at: "\(root).item"),
            Faulty("a member twice", #"{"status":"completed","status":"stopped"}"#, .structure, at: root),
            Faulty(
                "a member twice, once escaped", #"{"status":"completed","\u0073tatus":"stopped"}"#, .structure, at: root
            ),
            Faulty("an unknown member twice", #"{"x":1,"x":2}"#, .structure, at: root),
            Faulty("a byte order mark", "\u{FEFF}{}", .structure, at: root),
            Faulty(
                "deep nesting", String(repeating: "[", count: 100_000), .structure,
                at: root + String(repeating: "[0]", count: 31)),
            Faulty(
                "too many members", "{" + (0...128).map { "\"x\($0)\":1" }.joined(separator: ",") + "}", .structure,
                at: root),
            Faulty(
                "a fault deep inside", #"{"item":[{"linkId":"a"},{"answer":[{"valueCoding":{"code":tru}}]}]}"#,
                .structure, at: "\(root).item[1].answer[0].value.code"),
        ])
    func malformed(_ row: Faulty) {
        let refusal = #expect(throws: FHIRRefusal.self) { try decodeResponse(row.document) }
        #expect(refusal?.httpStatus == 400)
        row.expect(in: refusal?.issues ?? [])
    }

    @Test("bytes that aren't UTF-8 are refused where they stand")
    func invalidUTF8() {
        for broken: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] {
            let bytes = Array("{\n \"status\":\"".utf8) + broken + Array("\"}".utf8)
            let found = issues { try QuestionnaireResponse.decode(bytes) }
            #expect(found.map(\.code) == [.structure])
            #expect(found.first?.diagnostics.contains("line 2, column 12") == true, "\(found)")
        }
    }

    @Test("the line and column say where it stops being JSON")
    func lineAndColumn() {
        let found = issues { try decodeResponse("{\n  \"status\": \"completed\"\n  \"item\": []\n}") }
        #expect(found.first?.diagnostics.contains("line 3, column 3") == true, "\(found)")
    }

    @Test("a document larger than the limit is told from a malformed one")
    func tooLarge() throws {
        let bytes = try Example.bytes("response")
        let limits = JSONLimits(bytesMax: bytes.count - 1)
        let refusal = #expect(throws: FHIRRefusal.self) { try QuestionnaireResponse.decode(bytes, limits: limits) }
        #expect(refusal?.httpStatus == 413)
        #expect(refusal?.issues.map(\.code) == [.tooLong])
        #expect(throws: Never.self) {
            try QuestionnaireResponse.decode(bytes, limits: JSONLimits(bytesMax: bytes.count))
        }
    }
}
