import Foundation
import Testing

@testable import FHIR

@Suite("The JSON reader agrees with Foundation's")
struct JSONOracleTests {
    @Test("random documents are read as the same values", arguments: [Seed.fresh(), Seed(20_261_124)])
    func randomDocuments(seed: Seed) throws {
        var random = seed.generator()
        for _ in 0..<2_000 {
            let bytes = RandomJSON.document(&random)
            let text = String(decoding: bytes, as: UTF8.self)
            let oracle = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let document = try JSONDocument(bytes, limits: JSONLimits(), names: JSONNames(["a", "b", "answer"]))
            #expect(Value(document, 0) == Value(oracle), "seed \(seed): \(text)")
        }
    }

    @Test("documents damaged at random are refused by both or by neither", arguments: [Seed.fresh(), Seed(4)])
    func damagedDocuments(seed: Seed) {
        var random = seed.generator()
        for _ in 0..<4_000 {
            let bytes = Damage.some(RandomJSON.document(&random), &random)
            let document = try? JSONDocument(bytes, limits: JSONLimits(), names: JSONNames([]))
            let oracleTakes = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            // Foundation refuses numbers that a double can't hold; here that is up to the type that reads the number.
            if let document, !oracleTakes, !Self.hasNumberBeyondDouble(document) {
                Issue.record("seed \(seed): taken here only: \(String(decoding: bytes, as: UTF8.self))")
            }
            // Foundation takes a member twice, a comma before the end, a byte order mark and other encodings than
            // UTF-8; this reader doesn't.
            if oracleTakes, document == nil, !Self.isRefusedOnPurpose(bytes) {
                Issue.record("seed \(seed): refused here only: \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test("what is written is read as the same values by both", arguments: [Seed.fresh(), Seed(9)])
    func written(seed: Seed) throws {
        var random = seed.generator()
        for _ in 0..<1_000 {
            let text = RandomJSON.text(&random)
            var writer = JSONWriter()
            writer.object { writer in
                writer.name("a")
                writer.string(text)
                writer.name("b")
                writer.array { writer in
                    writer.integer(-7)
                    writer.boolean(true)
                    writer.decimal(Decimal(string: "0.05") ?? 0)
                }
            }
            let expected = Value.object([
                "a": .string(text), "b": .array([.number("-7"), .literal("true"), .number("0.05")]),
            ])
            let document = try JSONDocument(writer.bytes, limits: JSONLimits(), names: JSONNames(["b"]))
            #expect(Value(document, 0) == expected, "seed \(seed)")
            #expect(Value(try JSONSerialization.jsonObject(with: Data(writer.bytes))) == expected, "seed \(seed)")
        }
    }

    @Test(
        "a name twice is refused wherever it stands, and names in any order are taken",
        arguments: [Seed.fresh(), Seed(5)])
    func namesTwice(seed: Seed) {
        var random = seed.generator()
        for _ in 0..<4_000 {
            // Of nine names so few are taken that two thirds of the objects have none twice, many of those in order.
            let count = Int.random(in: 1...5, using: &random)
            var names = (0..<count).map { _ in
                ["a", "b", "aa", "ab", "ba", "é", "z", "", "A"].randomElement(using: &random)!
            }
            if Bool.random(using: &random) { names.sort() }
            let members = names.map { name in
                let isEscaped = name == "a" && Int.random(in: 0..<4, using: &random) == 0
                return "\"\(isEscaped ? "\\u0061" : name)\":1"
            }
            let text = "{\(members.joined(separator: ","))}"
            do throws(JSONFault) {
                _ = try JSONDocument(Array(text.utf8), limits: JSONLimits(), names: JSONNames(["b", "z"]))
                #expect(Set(names).count == count, "seed \(seed): \(text)")
            } catch {
                #expect(error.reason == .duplicateMember && Set(names).count < count, "seed \(seed): \(text)")
            }
        }
    }

    private static func hasNumberBeyondDouble(_ document: JSONDocument) -> Bool {
        document.nodes.indices.contains { node in
            document.kind(node) == .number && Double(document.text(node))?.isFinite != true
        }
    }

    private static func isRefusedOnPurpose(_ bytes: [UInt8]) -> Bool {
        do throws(JSONFault) {
            _ = try JSONDocument(bytes, limits: JSONLimits(), names: JSONNames([]))
            return false
        } catch {
            if [.nameExpected, .valueExpected].contains(error.reason) {
                return "]}".utf8.contains(bytes[error.offset])
            }
            return [.duplicateMember, .byteOrderMark, .invalidUTF8].contains(error.reason)
        }
    }
}

/// A JSON value with which the two readers are compared. Numbers are compared as doubles.
private indirect enum Value: Equatable {
    case object([String: Value])
    case array([Value])
    case string(String)
    case number(String)
    case literal(String)

    init(_ document: JSONDocument, _ node: Int) {
        switch document.kind(node) {
        case .object:
            let members = document.names(of: node).map { (document.text($0), Value(document, $0 + 1)) }
            self = .object(Dictionary(uniqueKeysWithValues: members))
        case .array: self = .array(document.elements(of: node).map { Value(document, $0) })
        case .string, .name: self = .string(document.text(node))
        case .number: self = .number(document.text(node))
        case .true: self = .literal("true")
        case .false: self = .literal("false")
        case .null: self = .literal("null")
        }
    }

    init(_ oracle: Any) {
        switch oracle {
        case let object as [String: Any]: self = .object(object.mapValues(Value.init))
        case let array as [Any]: self = .array(array.map(Value.init))
        case let string as String: self = .string(string)
        case is NSNull: self = .literal("null")
        case let number as NSNumber where String(cString: number.objCType) == "c":
            self = .literal(number.boolValue ? "true" : "false")
        case let number as NSNumber: self = .number(number.stringValue)
        default: self = .literal("unknown")
        }
    }

    static func == (first: Value, second: Value) -> Bool {
        switch (first, second) {
        case (.object(let first), .object(let second)): first == second
        case (.array(let first), .array(let second)): first == second
        case (.string(let first), .string(let second)): Array(first.utf8) == Array(second.utf8)
        case (.number(let first), .number(let second)): Double(first) == Double(second)
        case (.literal(let first), .literal(let second)): first == second
        default: false
        }
    }
}
