internal import Foundation
internal import Support

/// One file of a family's folder, `NN-kind.json` or `NN-kind@target.json`: what is sent, in the order of the numbers.
///
/// Ids that only the services give stand in the documents as names: `@child`, `@parent-2` (in the order of the
/// listing), `@visit-1` (the family's first), `@offer-1` and `@consent-1` (the family's first offer and the consent to
/// it); `@now` is the instant of sending. A name is a whole text, or what follows the last slash of one.
struct Step: Sendable {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// For people: folder and file.
    let place: String
    let kind: StepKind
    /// The name after `@` that the address needs.
    let target: String?
    let document: JSONValue

    init(place: String, kind: StepKind, target: String? = nil, document: JSONValue) {
        self.place = place
        self.kind = kind
        self.target = target
        self.document = document
    }

    /// Reads a file whose name tells its kind.
    init(file: URL, place: String) throws {
        let stem = file.deletingPathExtension().lastPathComponent
        let parts = stem.split(separator: "@", maxSplits: 1)
        let words = (parts.first ?? "").split(separator: "-", maxSplits: 1)
        guard words.count == 2, Int(words[0]) != nil, let kind = StepKind(rawValue: String(words[1])) else {
            let kinds = StepKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(description: "\(place): the name must be a number, a hyphen and one of \(kinds)")
        }
        self.init(
            place: place, kind: kind, target: parts.count == 2 ? String(parts[1]) : nil,
            document: try Self.document(file, place: place))
    }

    /// A file's JSON.
    static func document(_ file: URL, place: String) throws -> JSONValue {
        do {
            return try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
        } catch let fault as DecodingError {
            throw Fault(description: "\(place) is not JSON: \(fault)")
        }
    }
}

/// What a folder holds of one family, in order.
struct Family: Sendable {
    /// Name of the folder.
    let name: String
    var steps: [Step]
}
