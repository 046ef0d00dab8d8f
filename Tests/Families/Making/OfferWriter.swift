internal import Runtime
internal import Support

/// Writes a conversation with its offer, and what follows of that, as documents.
struct OfferWriter {
    let recipients: Recipients
    let family: PlannedFamily
    let visit: PlannedVisit
    let visitNumber: Int

    func write(
        _ conversation: PlannedConversation, with parent: Int, about factors: [String], heldAt: Timestamp,
        into writing: inout FamilyWriting, by dice: inout Dice
    ) {
        let otherParentPresent = visit.present.count == 2 && !factors.contains("violence")
        var document: JSONValue = [
            "child": "@child", "respondent": .string("@parent-\(parent)"), "visit": .string("@visit-\(visitNumber)"),
            "occasion": "visit", "heldAt": .string(heldAt.rfc3339), "by": visit.isTeam ? "both" : "nurse",
            "interpreter": false, "otherParentPresent": .boolean(otherParentPresent),
            "minutes": .integer(dice.number(5...20)),
            "factors": .array(factors.map { ["factor": .string($0), "talked": "yes"] }),
        ]
        guard let planned = conversation.offer else { return writing.add(.conversation, document) }
        writing.offers += 1
        let feedback = feedback(for: planned, by: &dice)
        document["offers"] = [
            offer(planned, of: parent, factors: factors, feedback: feedback)
        ]
        writing.add(.conversation, document)
        follow(planned, of: parent, feedback: feedback, after: heldAt, into: &writing, by: &dice)
    }

    /// The function that receives; nil where nothing is sent. A protected family's papers name none.
    private func recipient(for offer: PlannedOffer) -> String? {
        guard !family.isRestricted else { return nil }
        return recipients.recipient(for: offer.kind, in: family.unit.municipality)?.recipient
    }

    private func isSent(_ offer: PlannedOffer) -> Bool { Recipients.function(for: offer.kind) != nil }

    private func offer(
        _ planned: PlannedOffer, of parent: Int, factors: [String], feedback: String
    ) -> JSONValue {
        var offer: JSONValue = [
            "kind": .string(planned.kind), "factors": .array(factors.map { .string($0) }),
            "decision": ["decision": .string(decision(planned.course))],
        ]
        if let recipient = recipient(for: planned) { offer["recipient"] = .string(recipient) }
        if isSent(planned), let about = aboutAtOnce(planned.course) {
            offer["consent"] = consent(planned, about: about, of: parent, feedback: feedback)
        }
        return offer
    }

    private func decision(_ course: PlannedOffer.Course) -> String {
        switch course {
        case .declined: "declined"
        case .considering, .acceptedLater: "considering"
        default: "accepted"
        }
    }

    /// About whom a consent is given in the conversation itself; nil: none is given there.
    private func aboutAtOnce(_ course: PlannedOffer.Course) -> String? {
        switch course {
        case .awaitingGuardian, .guardianLater, .withdrawnBeforeSending, .changedToNo, .aboutBoth: "both"
        case .withdrawnAfterSending, .cannotTake, .aboutSelf: "self"
        case .withoutConsent, .acceptedLater, .declined, .considering: nil
        }
    }

    private func consent(
        _ planned: PlannedOffer, about: String, of parent: Int, feedback: String
    ) -> JSONValue {
        var consent: JSONValue = [
            "about": .string(about), "purpose": "support", "feedback": .string(feedback), "form": "written",
            "categories": about == "self" ? ["contact", "wishes"] : ["contact", "wishes", "factors", "age-band"],
        ]
        if let recipient = recipient(for: planned) { consent["recipient"] = .string(recipient) }
        if planned.course == .aboutBoth, family.parents == 2 {
            consent["guardians"] = [.string("@parent-\(3 - parent)")]
        }
        return consent
    }

    private func feedback(for planned: PlannedOffer, by dice: inout Dice) -> String {
        if planned.course == .cannotTake { return "course" }
        return dice.one(of: [("course", weight: 6), ("contact-made", weight: 3), ("none", weight: 1)])
    }

    /// What comes days later.
    private func follow(
        _ planned: PlannedOffer, of parent: Int, feedback: String, after heldAt: Timestamp,
        into writing: inout FamilyWriting, by dice: inout Dice
    ) {
        let offer = "offer-\(writing.offers)"
        let consent = "consent-\(writing.offers)"
        let later = (heldAt + .seconds(3 * 86_400)).rfc3339
        switch planned.course {
        case .awaitingGuardian: writing.add(.held, at: offer, [:])
        case .guardianLater:
            writing.add(.held, at: offer, [:])
            writing.add(
                .guardian, at: consent,
                ["guardian": .string("@parent-\(3 - parent)"), "givenAt": .string(later)])
        case .withdrawnBeforeSending:
            writing.add(.held, at: offer, [:])
            writing.add(.withdrawal, at: consent, ["scope": "all", "withdrawnAt": .string(later)])
        case .withdrawnAfterSending:
            writing.add(.delivered, at: offer, [:])
            writing.add(.withdrawal, at: consent, ["scope": "all", "withdrawnAt": "@now"])
        case .acceptedLater:
            var document: JSONValue = ["decision": "accepted", "decidedAt": .string(later), "via": "phone"]
            document["consent"] = self.consent(planned, about: "self", of: parent, feedback: feedback)
            writing.add(.decision, at: offer, document)
        case .changedToNo:
            writing.add(.held, at: offer, [:])
            writing.add(
                .decision, at: offer, ["decision": "withdrawn", "decidedAt": .string(later), "via": "phone"])
        default: break
        }
        guard isSent(planned), !family.isRestricted else { return }
        for answer in answers(to: planned, feedback: feedback, by: &dice) {
            writing.add(.answer, at: offer, answer)
        }
    }

    private func answers(to planned: PlannedOffer, feedback: String, by dice: inout Dice) -> [JSONValue] {
        let codes: [String]
        switch (planned.course, feedback) {
        case (.cannotTake, _): return [["answer": "cannot-take", "reason": "capacity"]]
        case (.guardianLater, "course"), (.acceptedLater, "course"), (.aboutSelf, "course"), (.aboutBoth, "course"):
            codes = dice.one(of: [
                (["accepted", "contact-made", "done"], weight: 4), (["accepted", "in-progress"], weight: 3),
                (["accepted", "not-reached"], weight: 1), (["accepted", "family-declined"], weight: 1),
                ([], weight: 1),
            ])
        case (.guardianLater, "contact-made"), (.acceptedLater, "contact-made"), (.aboutSelf, "contact-made"),
            (.aboutBoth, "contact-made"):
            codes = dice.one(of: [
                (["accepted", "contact-made"], weight: 5), (["accepted", "not-reached"], weight: 2), ([], weight: 1),
            ])
        default: codes = []
        }
        return codes.map { ["answer": .string($0)] }
    }
}
