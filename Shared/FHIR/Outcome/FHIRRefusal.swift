/// A document that isn't taken. Sending the same bytes again meets the same refusal.
public struct FHIRRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why, in the terms in which the caller hears it.
    public enum Ground: Sendable, Hashable {
        /// Not JSON, or not the structure that FHIR gives the resource.
        case malformed
        /// More bytes than the limit.
        case tooLarge
        /// Well formed, but against a rule: an invariant of FHIR, or what its Questionnaire asks.
        case ruleBroken
    }

    /// Why it isn't taken.
    public let ground: Ground
    /// What is wrong, at least one issue. At most 20, and one more if there were others.
    public let issues: [OperationOutcome.Issue]

    /// A refusal with its issues, of which there is at least one.
    public init(_ ground: Ground, _ issues: [OperationOutcome.Issue]) {
        self.ground = ground
        self.issues = issues
    }

    /// The HTTP status that says the same: 400, 413 or 422.
    public var httpStatus: Int {
        switch ground {
        case .malformed: 400
        case .tooLarge: 413
        case .ruleBroken: 422
        }
    }

    /// The body of the answer.
    public var outcome: OperationOutcome { OperationOutcome(issues) }

    /// The places and rules on one line; never a value of the document.
    public var description: String {
        issues.map { "\($0.place ?? "document"): \($0.diagnostics)" }.joined(separator: " ")
    }
}
