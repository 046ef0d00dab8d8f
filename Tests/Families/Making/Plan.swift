/// One synthetic family as it is thought out, before it is written down as documents.
struct PlannedFamily: Sendable {
    let number: Int
    let unit: Registry.Unit
    let isRestricted: Bool
    /// Two, or one alone.
    let parents: Int
    /// Days before the last day of the whole.
    let bornDaysAgo: Int
    var visits: [PlannedVisit]
}

/// A visit that was held.
struct PlannedVisit: Sendable {
    let slot: String
    /// A visit of nurse and doctor together.
    let isTeam: Bool
    let daysAgo: Int
    /// In minutes since midnight, UTC.
    let minute: Int
    /// The parents who came, from 1.
    var present: [Int] = []
    /// By parent.
    var marks: [Int: Mark] = [:]

    enum Mark: Sendable {
        case notOffered(reason: String)
        case declined
        case answered(PlannedForm)
    }
}

/// An answered form with what came of it.
struct PlannedForm: Sendable {
    let hasOutcome: Bool
    let isPartial: Bool
    var conversation: PlannedConversation?
}

/// A conversation after an outcome.
struct PlannedConversation: Sendable {
    var offer: PlannedOffer?
}

/// An offer with what the parent decided, and what the recipient answered.
struct PlannedOffer: Sendable {
    var kind: String
    var course: Course

    /// How it goes on. The first eight stand in every plan that has room for them.
    enum Course: String, Sendable, CaseIterable {
        /// Accepted; the other guardian has not consented: held.
        case awaitingGuardian
        /// As before, and the other guardian consents some days later.
        case guardianLater
        /// As `awaitingGuardian`, and taken back before anything could be sent.
        case withdrawnBeforeSending
        /// Sent, then taken back: the recipient is told.
        case withdrawnAfterSending
        /// Accepted, and nobody asked for consent yet: held.
        case withoutConsent
        /// Thought about, then accepted by telephone.
        case acceptedLater
        /// Accepted, consent given, and before any of it could matter changed to no.
        case changedToNo
        /// Sent; the recipient can't take it.
        case cannotTake

        /// Sent; the parent consents for herself only.
        case aboutSelf
        /// Sent; both guardians consent at once.
        case aboutBoth
        case declined
        case considering
    }
}
