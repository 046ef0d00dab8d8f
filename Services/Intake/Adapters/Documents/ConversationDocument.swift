internal import Documents
internal import Events
internal import Runtime

/// Reads the body of `POST /v1/conversations`.
enum ConversationDocument {
    private static let offersMax = 20

    static func read(_ members: inout Members) -> ConversationRecord? {
        let child: ChildID? = members.required("child", .identifier())
        let respondent: RespondentID? = members.required("respondent", .identifier())
        let visit: VisitID? = members.optional("visit", .identifier())
        let occasion: ConversationOccasion? = members.required("occasion", .known())
        let heldAt = members.required("heldAt", .instant)
        let lead: ConversationLead? = members.required("by", .known())
        let interpreter = members.optional("interpreter", .flag) ?? false
        let otherParentPresent = members.required("otherParentPresent", .flag)
        let minutes = members.optional("minutes", .integer(0...600))
        let factors = members.objects("factors", countMax: 20, discussed)
        let via: DecisionChannel = occasion == .phone ? .phone : .visit
        let offers = members.objects("offers", countMax: offersMax) { offer(&$0, at: heldAt, via: via) }
        if occasion == .visit, visit == nil { members.fault("is required with the occasion visit", at: "visit") }
        guard let child, let respondent, let occasion, let heldAt, let lead, let otherParentPresent else { return nil }
        return ConversationRecord(
            child: child, respondent: respondent, visit: visit, occasion: occasion, heldAt: heldAt, lead: lead,
            interpreter: interpreter, otherParentPresent: otherParentPresent, minutes: minutes, factors: factors,
            offers: offers)
    }

    private static func discussed(_ members: inout Members) -> DiscussedFactor? {
        let factor: RiskFactor? = members.required("factor", .known())
        let talked: Discussed? = members.required("talked", .choice())
        guard let factor, let talked else { return nil }
        return DiscussedFactor(factor: factor, talked: talked)
    }

    private static func offer(
        _ members: inout Members, at heldAt: Timestamp?, via: DecisionChannel
    ) -> OfferRecord? {
        let kind: OfferKind? = members.required("kind", .choice())
        let factors: [RiskFactor] = members.list("factors", countMax: 20, .known())
        let recipient = members.optional("recipient", .code)
        let entry = members.optional("entry", .code)
        let contactListVersion = members.optional("contactListVersion", .version)
        let suggested = members.objects("suggested", countMax: 20, Self.suggested)
        let overrideReason = members.optional("overrideReason", .code)
        let decision = members.object("decision") { DecisionDocument.decision(&$0, at: heldAt, via: via) }
        let consent = members.object("consent") { DecisionDocument.consent(&$0, at: heldAt) }
        guard let kind else { return nil }
        return OfferRecord(
            kind: kind, factors: factors, recipient: recipient, entry: entry, contactListVersion: contactListVersion,
            suggested: suggested, overrideReason: overrideReason, decision: decision, consent: consent)
    }

    private static func suggested(_ members: inout Members) -> SuggestedResource? {
        let id = members.required("id", .code)
        let rank = members.required("rank", .integer(1...100))
        let reason = members.required("reason", .code)
        guard let id, let rank, let reason else { return nil }
        return SuggestedResource(id: id, rank: rank, reason: reason)
    }
}

/// Reads decisions and consents, inside a conversation or by themselves.
enum DecisionDocument {
    /// The body of `POST /v1/offers/{offer}/decisions`.
    static func later(_ members: inout Members) -> (decision: DecisionRecord, consent: ConsentRecord?)? {
        let decision = Self.decision(&members, at: nil, via: nil)
        let consent = members.object("consent") { Self.consent(&$0, at: decision?.decidedAt) }
        guard let decision else { return nil }
        return (decision, consent)
    }

    /// - Parameter heldAt: when the conversation was held, in which it was decided; nil demands an instant of its own.
    static func decision(
        _ members: inout Members, at heldAt: Timestamp?, via: DecisionChannel?
    ) -> DecisionRecord? {
        let decision: OfferDecision? = members.required("decision", .choice())
        let reason = members.optional("reason", .code)
        let askAgainAt = members.optional("askAgainAt", .code)
        let given: DecisionChannel? = via == nil ? members.required("via", .known()) : members.optional("via", .known())
        let decidedAt =
            heldAt == nil ? members.required("decidedAt", .instant) : members.optional("decidedAt", .instant) ?? heldAt
        guard let decision, let decidedAt, let channel = given ?? via else { return nil }
        return DecisionRecord(
            decision: decision, decidedAt: decidedAt, reason: reason, askAgainAt: askAgainAt, via: channel)
    }

    static func consent(_ members: inout Members, at heldAt: Timestamp?) -> ConsentRecord? {
        let about: ConsentSubject? = members.required("about", .choice())
        let guardians: [RespondentID] = members.list("guardians", countMax: 8, .identifier())
        let recipient = members.optional("recipient", .code)
        let purpose = members.required("purpose", .code)
        let categories: [ConsentCategory] = members.list("categories", countMax: 10, .known())
        let feedback: Feedback? = members.required("feedback", .choice())
        let form: ConsentForm? = members.required("form", .known())
        let validUntil = members.optional("validUntil", .day)
        let givenAt = members.optional("givenAt", .instant) ?? heldAt
        if categories.isEmpty { members.fault("needs at least one category", at: "categories") }
        guard let about, let purpose, let feedback, let form, let givenAt else { return nil }
        return ConsentRecord(
            about: about, guardians: guardians, recipient: recipient, purpose: purpose, categories: categories,
            feedback: feedback, form: form, validUntil: validUntil, givenAt: givenAt)
    }

    /// The body of `POST /v1/consents/{consent}/guardians`.
    static func guardian(_ members: inout Members) -> (guardian: RespondentID, givenAt: Timestamp)? {
        let guardian: RespondentID? = members.required("guardian", .identifier())
        let givenAt = members.required("givenAt", .instant)
        guard let guardian, let givenAt else { return nil }
        return (guardian, givenAt)
    }

    /// The body of `POST /v1/consents/{consent}/withdrawal`.
    static func withdrawal(_ members: inout Members) -> (scope: WithdrawalScope, withdrawnAt: Timestamp)? {
        let scope: WithdrawalScope? = members.required("scope", .choice())
        let withdrawnAt = members.required("withdrawnAt", .instant)
        guard let scope, let withdrawnAt else { return nil }
        return (scope, withdrawnAt)
    }
}
