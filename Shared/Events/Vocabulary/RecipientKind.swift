/// What function a recipient has. One is never a stand-in for the other (rule 6 of the domain).
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum RecipientKind: String, Codable, CaseIterable, Sendable {
    /// Preventive; no authority.
    case familyTherapist
    /// An authority's person.
    case socialWorker
    /// Another function of the municipality.
    case otherFunction
}
