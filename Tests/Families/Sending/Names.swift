internal import Support

/// The ids that services gave to one family, by the names that its documents use.
struct Names: Sendable {
    private var ids: [String: String] = [:]

    mutating func bind(_ name: String, to id: String) { ids[name] = id }

    func id(_ name: String) -> String? { ids[name] }

    /// The document with its names replaced. A name that nothing was bound to stays, and the service will say so.
    func resolve(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.mapValues { resolve($0) })
        case .array(let elements): .array(elements.map { resolve($0) })
        case .string(let text): .string(resolve(text))
        default: value
        }
    }

    private func resolve(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), at == text.startIndex || text[text.index(before: at)] == "/" else {
            return text
        }
        guard let id = ids[String(text[text.index(after: at)...])] else { return text }
        return text[..<at] + id
    }
}
