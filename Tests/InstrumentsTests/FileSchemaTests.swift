import Documents
import Foundation
import Instruments
import Support
import Testing

/// The JSON Schema of instruments' files against the code that reads them. `compose/contracts` checks the same files
/// with a full validator.
@Suite("The schema of instruments' files")
struct FileSchemaTests {
    private let schema: JSONValue
    private let checker: SchemaChecker

    init() throws {
        let file = "Shared/Events/Schemas/instrument-file.v1.json"
        schema = try JSONDecoder().decode(JSONValue.self, from: Repository.bytes(file))
        checker = SchemaChecker(root: schema)
    }

    private func file(_ path: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Repository.bytes(path))
    }

    private func isRead(_ file: JSONValue) throws -> Bool {
        var faults = FileFaults()
        _ = faults.read(Array(try JSONEncoder().encode(file)), of: "file", InstrumentFile.init)
        return faults.lines.isEmpty
    }

    @Test("accepts the files of the repository", arguments: InstrumentFiles.all)
    func accepts(path: String) throws {
        #expect(checker.faults(of: try file(path)) == [])
    }

    @Test(
        "refuses with the reader every unknown member and wrong type, wherever it is",
        arguments: [InstrumentFiles.placeholder2, InstrumentFiles.kort])
    func spoilt(path: String) throws {
        let file = try file(path)
        for place in file.places where place.first != "questionnaire" {
            var spoilt: [JSONValue] = []
            if let value = file.at(place) {
                if !value.members.isEmpty { spoilt.append(file.setting(place + ["misspelt"], to: 1)) }
                spoilt.append(file.setting(place, to: value == .object([:]) ? "text" : ["misspelt": true]))
            }
            for other in spoilt {
                #expect(!checker.faults(of: other).isEmpty, "\(place)")
                #expect(try place.isEmpty || !isRead(other), "\(place)")
            }
        }
    }

    @Test(
        "refuses nothing missing that the reader takes",
        arguments: [InstrumentFiles.placeholder2, InstrumentFiles.kort])
    func missing(path: String) throws {
        let file = try file(path)
        for place in file.places where !place.isEmpty && (place.first != "questionnaire" || place.count == 1) {
            let without = file.setting(place, to: nil)
            if !checker.faults(of: without).isEmpty {
                #expect(try !isRead(without), "\(place)")
            }
        }
    }

    @Test("names every member that the files have, and each is in some file")
    func members() throws {
        let used = try InstrumentFiles.all.reduce(into: Set<String>()) { names, path in
            names.formUnion(
                try file(path).places.filter { $0.first != "questionnaire" || $0.count == 1 }.compactMap(\.last))
        }
        let objects = [schema] + (schema["$defs"]?.members.values.map { $0 } ?? [])
        let named = Set(objects.flatMap { $0["properties"]?.members.keys.map { $0 } ?? [] })
        // The end of validity, the upper end of a pattern and a sensitivity of which only a range is known are in none.
        let unused: Set<String> = ["validTo", "to", "sensitivityWithin"]
        #expect(named.subtracting(used) == unused)
    }
}

extension JSONValue {
    /// The places of the value and of all below it, as names and numbers.
    fileprivate var places: [[String]] {
        let below =
            members.map { ($0.key, $0.value) } + elements.enumerated().map { (String($0.offset), $0.element) }
        return [[]] + below.flatMap { name, value in value.places.map { [name] + $0 } }
    }

    fileprivate func at(_ place: [String]) -> JSONValue? {
        guard let first = place.first else { return self }
        let next = self[first] ?? Int(first).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        return next?.at(Array(place.dropFirst()))
    }

    /// The same with another value at a place, or with none.
    fileprivate func setting(_ place: [String], to value: JSONValue?) -> JSONValue {
        guard let first = place.first else { return value ?? .null }
        let rest = Array(place.dropFirst())
        if let index = Int(first), case .array(var elements) = self {
            if rest.isEmpty, value == nil {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].setting(rest, to: value)
            }
            return .array(elements)
        }
        var copy = self
        copy[first] = rest.isEmpty ? value : self[first]?.setting(rest, to: value)
        return copy
    }
}
