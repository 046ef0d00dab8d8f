import Documents
import Events
import Foundation
import Instruments
import Support
import Testing

@Suite("An instrument's file")
struct FileReadingTests {
    /// The faults of the small instrument's file after one text of it was replaced, as place and rule.
    private func faults(_ replacements: [(String, String)]) throws -> [String: String] {
        var text = String(decoding: try Repository.bytes(InstrumentFiles.kort), as: UTF8.self)
        for (before, after) in replacements {
            try #require(text.contains(before))
            text = text.replacing(before, with: after, maxReplacements: 1)
        }
        let faults = try InstrumentFiles.read(Array(text.utf8)).faults
        #expect(Set(faults.map(\.pointer)).count == faults.count, "a place is told twice")
        return Dictionary(faults.map { ($0.pointer, $0.rule) }) { first, _ in first }
    }

    @Test("tells faults of form and of the language together, unless the one follows from the other")
    func together() throws {
        let faults = try faults([
            ("\"cutOff\": 6", "\"cutOff\": 6.5"), ("\"item\": \"k-5\"", "\"item\": \"k-9\""),
            ("\"validFrom\": \"2023-01-01\"", "\"validFrom\": \"2023-13-01\""), ("\"type\"", "\"kind\""),
            ("\"from\": 12", "\"from\": 15"), ("\"languages\": [\n    \"sv\"\n  ]", "\"languages\": []"),
        ])
        #expect(faults["#/definition/rules/0/cutOff"] == "must be a whole number from -1000000 to 1000000")
        #expect(
            Set(faults.keys) == [
                "#/definition/rules/0/cutOff", "#/definition/rules/1/triggers/1/item",
                "#/definition/rules/2/triggers/0",
                "#/languages", "#/definition/items/4/factor", "#/validFrom", "#/definition/items/0",
                "#/definition/items/0/type",
            ])
    }

    @Test(
        "has no member that isn't known, anywhere",
        arguments: [
            ("\"validFrom\"", "#"), ("\"items\"", "#/definition"), ("\"linkId\": \"k-3\"", "#/definition/items/2"),
            ("\"value\": 3", "#/definition/items/0/options/3"), ("\"low\"", "#/definition/items/3/range"),
            ("\"item\": \"k-3\"", "#/definition/items/3/askedWhen"), ("\"atLeast\"", "#/definition/rules/1"),
            ("\"weight\": 1", "#/definition/rules/0/terms/1"), ("\"from\": 8", "#/definition/rules/1/triggers/0"),
            ("\"triggers\": [\n          {\n            \"item\": \"k-6\"", "#/definition/signals/0"),
            ("\"examined\"", "#/definition/signals/0/evidence"), ("\"from\": 14", "#/definition/acute/0"),
            ("\"factor\": \"parental-stress\",\n        \"examined\"", "#/definition/evidence/0"),
        ])
    func unknownMembers(before: String, place: String) throws {
        #expect(try faults([(before, "\"wording\": \"x\", " + before)]).keys.sorted() == [place])
    }

    @Test(
        "is found wrong in every member that a published one needs",
        arguments: ["instrument", "version", "validFrom", "licensed", "definition"])
    func required(member: String) throws {
        var json = try JSONDecoder().decode(JSONValue.self, from: Repository.bytes(InstrumentFiles.kort))
        json[member] = nil
        let (reading, faults) = try InstrumentFiles.read(Array(JSONEncoder().encode(json)))
        #expect(faults.map(\.pointer) == ["#/\(member)"] && reading?.published == nil)
    }
}
