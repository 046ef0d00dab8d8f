/// What the recipient may tell back, as the consent says.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum Feedback: String, Codable, CaseIterable, Sendable {
    /// Nothing.
    case nothing = "none"
    /// That contact was made.
    case contactMade = "contact-made"
    /// How it goes, until it is closed.
    case course
}
