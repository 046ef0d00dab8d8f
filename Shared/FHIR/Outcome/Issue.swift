extension OperationOutcome {
    /// One thing that is wrong, and where.
    ///
    /// Neither text ever holds a value that the caller sent: an answer must not come back in an error, a log or a
    /// trace. Whoever makes an issue keeps that; the fuzz tests plant answers and look for them.
    public struct Issue: Sendable, Hashable {
        /// How bad it is.
        public var severity: IssueSeverity
        /// What kind it is.
        public var code: IssueCode
        /// A simple FHIRPath to the element, as `QuestionnaireResponse.item[0].answer[1].value`; nil when no element is
        /// meant.
        public var place: String?
        /// The rule that isn't kept, for the developer of the caller.
        public var diagnostics: String

        /// An issue; an error unless said otherwise.
        public init(
            _ code: IssueCode, at place: String?, _ diagnostics: String, severity: IssueSeverity = .error
        ) {
            self.severity = severity
            self.code = code
            self.place = place
            self.diagnostics = diagnostics
        }
    }
}

/// Issues in the order in which they were found, up to a bound.
struct Issues: Sendable {
    /// Enough to repair a form in one round, too few to make an answer larger than its request.
    static let countMax = 20

    private(set) var found: [OperationOutcome.Issue] = []
    /// True once there was one too many. A reader may stop looking then.
    private(set) var isFull = false

    var isEmpty: Bool { found.isEmpty }

    /// Adds an issue. Its texts are made only while there is room.
    mutating func add(
        _ code: IssueCode, at place: @autoclosure () -> String, _ diagnostics: @autoclosure () -> String
    ) {
        guard found.count < Self.countMax else {
            isFull = true
            return
        }
        found.append(OperationOutcome.Issue(code, at: place(), diagnostics()))
    }

    /// All that was found, and as a last one that there is more.
    var all: [OperationOutcome.Issue] {
        guard isFull else { return found }
        return found + [
            OperationOutcome.Issue(
                .informational, at: nil, "There are more issues; the first \(Self.countMax) are listed.",
                severity: .information)
        ]
    }
}
