import Events
import Foundation
import Support
import Testing

@Suite("The AsyncAPI document")
struct AsyncAPITests {
    private static let path = "Shared/Events/asyncapi.json"

    @Test("says what the catalogue says; RECORD_ASYNCAPI=1 writes it anew")
    func current() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let made = try encoder.encode(AsyncAPIDocument.document) + Data("\n".utf8)
        if ProcessInfo.processInfo.environment["RECORD_ASYNCAPI"] == "1" {
            try made.write(to: Repository.root.appending(path: Self.path))
        }
        #expect(try Repository.bytes(Self.path) == made, "run the tests with RECORD_ASYNCAPI=1")
    }

    @Test("has no reference that leads nowhere")
    func references() throws {
        let document = try JSONDecoder().decode(JSONValue.self, from: Repository.bytes(Self.path))
        let references = Self.references(in: document)
        #expect(references.count > 100)
        for reference in references {
            if reference.hasPrefix("#/") {
                let found = reference.split(separator: "/").dropFirst().reduce(Optional(document)) {
                    $0?[String($1)]
                }
                #expect(found != nil, "\(reference)")
            } else {
                let file = "Shared/Events/\(reference.dropFirst(2))"
                #expect(throws: Never.self) { try Repository.bytes(file) }
            }
        }
    }

    private static func references(in value: JSONValue) -> [String] {
        value.elements.flatMap(references)
            + value.members.flatMap { name, member in
                name == "$ref" ? [member.text ?? ""] : references(in: member)
            }
    }
}
