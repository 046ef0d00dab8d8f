internal import FHIR
internal import Store

/// Why a form isn't taken although it is well formed: what the store knows speaks against it.
struct FormRefusal: Error {
    let status: Int
    let issue: OperationOutcome.Issue

    init(_ status: Int, _ code: IssueCode, at place: String?, _ rule: String) {
        self.status = status
        issue = OperationOutcome.Issue(code, at: place, rule)
    }

    static let forbidden = FormRefusal(403, .forbidden, at: nil, "The caller's role or scope does not cover this.")
}
