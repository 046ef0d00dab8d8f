import Testing

/// A place where a source breaks a rule of the house.
struct Violation: CustomStringConvertible, Equatable {
    let path: String
    /// From 1; nil for the file as a whole.
    let line: Int?
    let rule: String

    init(_ path: String, line: Int? = nil, _ rule: String) {
        self.path = path
        self.line = line
        self.rule = rule
    }

    var description: String {
        let place = line.map { "\(path):\($0)" } ?? path
        return "\(place): \(rule)"
    }
}

/// Records each violation as an issue of its own, so that all are seen in one run.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    for violation in violations {
        Issue.record("\(violation)", sourceLocation: sourceLocation)
    }
}
