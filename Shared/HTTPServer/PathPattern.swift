internal import Foundation

/// The segments of a route's pattern: texts that must be equal, and names that take any segment but an empty one.
struct PathPattern: Sendable, Equatable {
    enum Segment: Sendable, Equatable {
        case literal(String)
        case parameter(String)
    }

    let segments: [Segment]

    /// Reads a pattern; nil when it doesn't begin with a slash, repeats a name or has braces elsewhere.
    init?(_ text: String) {
        guard text.hasPrefix("/") else { return nil }
        var names: Set<Substring> = []
        var segments: [Segment] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if part.hasPrefix("{"), part.hasSuffix("}") {
                let name = part.dropFirst().dropLast()
                guard !name.isEmpty, !name.contains(where: { "{}".contains($0) }), names.insert(name).inserted else {
                    return nil
                }
                segments.append(.parameter(String(name)))
            } else {
                guard !part.contains(where: { "{}%?#".contains($0) }) else { return nil }
                segments.append(.literal(String(part)))
            }
        }
        self.segments = segments
    }

    var parameterNames: Set<String> {
        Set(segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } })
    }

    /// The pattern with every name replaced by the same one: patterns of the same shape match the same paths.
    var shape: [Segment] {
        segments.map { if case .parameter = $0 { .parameter("") } else { $0 } }
    }

    /// What stands in the places of the names; nil when the path is another one.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal):
                guard literal == text else { return nil }
            case .parameter(let name):
                guard !text.isEmpty else { return nil }
                parameters[name] = text
            }
        }
        return parameters
    }

    /// Whether this pattern is tried before the other one: the leftmost literal wins over a name.
    func isMoreSpecific(than other: PathPattern) -> Bool {
        for (mine, theirs) in zip(segments, other.segments) {
            switch (mine, theirs) {
            case (.literal, .parameter): return true
            case (.parameter, .literal): return false
            default: continue
            }
        }
        return false
    }
}

/// The segments of a path that came in, percent-decoded one by one so that an encoded slash stays inside its segment.
/// Nil when an escape is broken, the text isn't UTF-8, or a control character hides in it.
func decodedSegments(ofPath path: String) -> [String]? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    var segments: [String] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
        guard let segment = percentDecoded(part) else { return nil }
        segments.append(segment)
    }
    return segments
}

/// One percent-decoded text; nil as above.
func percentDecoded(_ text: some StringProtocol) -> String? {
    guard let decoded = text.utf8.contains(UInt8(ascii: "%")) ? text.removingPercentEncoding : String(text),
        decoded.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { return nil }
    return decoded
}
