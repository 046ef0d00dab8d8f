/// What came of a request, as every error under `/fhir` is told.
public struct OperationOutcome: Sendable, Hashable {
    /// At least one issue.
    public var issues: [OperationOutcome.Issue]

    /// An outcome with these issues, of which there is at least one.
    public init(_ issues: [OperationOutcome.Issue]) {
        self.issues = issues
    }

    /// An outcome with one issue.
    public init(
        _ code: IssueCode, at place: String? = nil, _ diagnostics: String, severity: IssueSeverity = .error
    ) {
        issues = [OperationOutcome.Issue(code, at: place, diagnostics, severity: severity)]
    }

    /// Reads an OperationOutcome, as a client does; issues with several expressions keep the first.
    public static func decode(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(FHIRRefusal) -> OperationOutcome {
        try decode(document: bytes, limits: limits)
    }

    /// The OperationOutcome as compact JSON.
    public func json() -> [UInt8] { encoded(bytesExpected: 512) }
}

extension OperationOutcome: FHIRResource {
    static var type: String { "OperationOutcome" }

    init?(reading members: inout Members) {
        issues = members.elements(.issue)
        members.require(.issue)
    }

    func write(to json: inout JSONWriter) {
        json.elements(.issue, issues)
    }
}

extension OperationOutcome.Issue: FHIRElement {
    init?(reading members: inout Members) {
        let severity = members.code(.severity, as: IssueSeverity.self)
        let code = members.code(.code, as: IssueCode.self)
        diagnostics = members.string(.diagnostics) ?? ""
        place = members.strings(.expression).first
        members.require(.severity, .code)
        guard let severity, let code else { return nil }
        self.severity = severity
        self.code = code
    }

    func write(to json: inout JSONWriter) {
        json.string(.severity, severity.rawValue)
        json.string(.code, code.rawValue)
        json.string(.diagnostics, diagnostics)
        json.strings(.expression, place.map { [$0] } ?? [])
    }
}
