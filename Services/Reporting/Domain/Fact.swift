internal import Events
internal import Runtime

/// What one record states, freed of what no report needs.
///
/// Every case names its subject; the same subject's later revision takes the place of the earlier one. Nothing here
/// adds up: a fact that is stated twice is one fact.
enum Fact: Sendable, Equatable {
    case unit(ReportedUnit)
    case contactList(municipality: String, entries: Int)
    case recipient(String, municipality: String, kind: String, staff: Int)
    /// A type of reference data that changes no figure.
    case reference

    case child(Locality)
    case visit(VisitID, Locality, heldAt: Timestamp, slot: String, present: [RespondentID], isCorrection: Bool)
    case offered(ScreeningKey, ScreeningID)
    case notOffered(ScreeningKey, reason: String)
    case declined(ScreeningID)
    case answered(ScreeningKey, ScreeningID, Completeness)
    /// Scored and taken back share one sequence of revisions: the highest holds.
    case scored(ScreeningKey, ScreeningID, FactorResults, revision: Int)
    case retracted(ScreeningID, revision: Int)

    case conversation(ConversationID, Locality)
    case offer(OfferID, Locality, kind: OfferKind)
    case decision(OfferID, OfferDecision)
    case held(OfferID, reason: String)
    case consent(ConsentID, OfferID, isComplete: Bool)
    case withdrawal(ConsentID, WithdrawalScope)

    case referral(ReferralID, OfferID)
    case referralState(ReferralID, ReferralState, closing: String?)
    case answer(ReferralID, ReferralAnswer)
    case delivered(DeliveryID, ReferralID)
    case exhausted(DeliveryID, ReferralID)
}

/// One parent at one visit: how intake identifies a screening too.
struct ScreeningKey: Sendable, Hashable {
    let visit: VisitID
    let respondent: RespondentID
}

/// Where something belongs: the unit it happened at, and where the family lives. Neither is told of a protected family.
struct Locality: Sendable, Hashable {
    let unit: String?
    let residence: String?
}

/// A fact with what every event tells beside it.
struct StatedFact: Sendable, Equatable {
    let fact: Fact
    /// Nil for reference data.
    let child: ChildID?
    /// The family has protected identity: from now on the child counts for the region only.
    let isProtected: Bool
    let isSynthetic: Bool
}
