/// What kind of issue it is: the codes of `http://hl7.org/fhir/issue-type` (R4) that services here use.
public enum IssueCode: String, Sendable, CaseIterable {
    /// The content is against the specification in a way no narrower code names.
    case invalid
    /// The content isn't built as it must be: not JSON, a member of the wrong type, an unknown member.
    case structure
    /// Something that must be there is missing.
    case required
    /// A value that its type doesn't allow.
    case value
    /// A rule that ties several elements together isn't kept.
    case invariant
    /// The caller must be allowed in first.
    case security
    /// The caller isn't signed in.
    case login
    /// The sign-in or session is over.
    case expired
    /// The caller may not do this.
    case forbidden
    /// Valid FHIR that this service doesn't take.
    case notSupported = "not-supported"
    /// The same thing is already there.
    case duplicate
    /// More than one thing matched.
    case multipleMatches = "multiple-matches"
    /// Nothing has that address.
    case notFound = "not-found"
    /// What had that address is gone.
    case deleted
    /// Longer or larger than allowed.
    case tooLong = "too-long"
    /// A code or system that isn't among those allowed.
    case codeInvalid = "code-invalid"
    /// A rule of the business, not of FHIR.
    case businessRule = "business-rule"
    /// Another version is current.
    case conflict
    /// A fault that may pass.
    case transient
    /// A fault of the service.
    case exception
    /// Too many calls.
    case throttled
    /// It took too long.
    case timeout
    /// Processing failed in a way no narrower code names.
    case processing
    /// Nothing is wrong.
    case informational
}

/// How bad an issue is: the codes of `http://hl7.org/fhir/issue-severity`.
public enum IssueSeverity: String, Sendable, CaseIterable {
    /// Nothing could be done at all.
    case fatal
    /// The request was refused.
    case error
    /// Done, with something to look at.
    case warning
    /// Done.
    case information
}
