/// What kind of support is offered. It decides who may receive anything.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum OfferKind: String, Codable, CaseIterable, Sendable {
    /// Follow-up at the unit itself.
    case bvcFollowUp = "bvc-follow-up"
    /// The municipality's family therapist (preventive).
    case familyTherapist = "family-therapist"
    /// A visit by nurse and family therapist together.
    case jointVisit = "joint-visit"
    /// A social worker (authority); never a stand-in for the family therapist.
    case socialWorker = "social-worker"
    /// The parent is told of somebody on the contact list.
    case signpost
    /// Other health care.
    case care
}
