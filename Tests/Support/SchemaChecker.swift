/// The keywords of JSON Schema 2020-12 that our schemas use, and no others: a schema with another keyword fails, so
/// that nothing in it goes unchecked here. `compose/contracts` checks the same files with a full validator.
public struct SchemaChecker {
    private let root: JSONValue

    private static let notes: Set<String> = ["$schema", "$id", "$defs", "title", "description", "examples", "format"]

    /// A checker of a schema.
    public init(root: JSONValue) { self.root = root }

    /// Faults of a value, as path and keyword; empty when it is valid.
    public func faults(of value: JSONValue) -> [String] { faults(of: value, under: root, at: "") }

    private func faults(of value: JSONValue, under schema: JSONValue, at path: String) -> [String] {
        schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            Self.notes.contains(keyword) ? [] : check(value, keyword, rule, schema, path)
        }
    }

    private func check(
        _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONValue, _ path: String
    ) -> [String] {
        let fault = ["\(path) \(keyword)"]
        switch keyword {
        case "$ref": return faults(of: value, under: resolved(rule), at: path)
        case "type": return types(rule).contains(where: { has(value, type: $0) }) ? [] : fault
        case "enum": return rule.elements.contains(value) ? [] : fault
        case "const": return rule == value ? [] : fault
        case "required":
            return rule.elements.compactMap(\.text).filter { value.members[$0] == nil }.map { "\(path).\($0) required" }
        case "properties":
            return rule.members.flatMap { name, rule in
                value[name].map { faults(of: $0, under: rule, at: "\(path).\(name)") } ?? []
            }
        case "additionalProperties":
            let known = schema["properties"]?.members ?? [:]
            return rule == false && value.members.keys.contains { known[$0] == nil } ? fault : []
        case "items": return value.elements.flatMap { faults(of: $0, under: rule, at: "\(path)[]") }
        case "not": return faults(of: value, under: rule, at: path).isEmpty ? fault : []
        case "anyOf":
            return rule.elements.contains { faults(of: value, under: $0, at: path).isEmpty } ? [] : fault
        case "if":
            let holds = faults(of: value, under: rule, at: path).isEmpty
            return holds ? faults(of: value, under: schema["then"] ?? [:], at: path) : []
        case "then": return []
        default: return limits(value, keyword, rule) ? [] : fault
        }
    }

    private func limits(_ value: JSONValue, _ keyword: String, _ rule: JSONValue) -> Bool {
        switch (keyword, rule, value) {
        case ("minimum", .integer(let least), .integer(let number)): number >= least
        case ("maximum", .integer(let most), .integer(let number)): number <= most
        case ("maxLength", .integer(let most), .string(let text)): text.unicodeScalars.count <= most
        case ("maxItems", .integer(let most), .array(let elements)): elements.count <= most
        case ("minLength", .integer(let least), .string(let text)): text.unicodeScalars.count >= least
        case ("minItems", .integer(let least), .array(let elements)): elements.count >= least
        case ("pattern", .string(let pattern), .string(let text)):
            (try? Regex(pattern).firstMatch(in: text)).flatMap { $0 } != nil
        case ("minimum", _, _), ("minLength", _, _), ("minItems", _, _), ("pattern", _, _), ("maximum", _, _),
            ("maxLength", _, _), ("maxItems", _, _):
            true
        default: false
        }
    }

    private func types(_ rule: JSONValue) -> [String] { rule.text.map { [$0] } ?? rule.elements.compactMap(\.text) }

    private func has(_ value: JSONValue, type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("integer", .integer),
            ("boolean", .boolean), ("null", .null):
            true
        default: false
        }
    }

    private func resolved(_ reference: JSONValue) -> JSONValue {
        let steps = (reference.text ?? "").split(separator: "/").dropFirst()
        return steps.reduce(root) { $0[String($1)] ?? ["unresolved": true] }
    }
}
