internal import Support

/// One offer with its consent and its referral, as they must stand.
struct OfferLedger: Sendable {
    private let kind: String
    private let respondent: String
    private let guardians: [Bool]
    private var decision: String?
    private var hasConsent = false
    private var isAboutChild = false
    private var consenting: Set<String> = []
    private var isWithdrawn = false
    private var wasRequested = false
    private var wasHeld = false
    private var answers: [String] = []

    init(_ offer: JSONValue, respondent: String, guardians: [Bool]) {
        kind = offer["kind"]?.text ?? ""
        self.respondent = respondent
        self.guardians = guardians
        decision = offer["decision"]?["decision"]?.text
        consent(offer["consent"])
    }

    mutating func follow(_ kind: StepKind, _ document: JSONValue, isRestricted: Bool) {
        if isSendable(isRestricted) { wasRequested = true }
        if isHeld(isRestricted) { wasHeld = true }
        switch kind {
        case .decision:
            decision = document["decision"]?.text
            consent(document["consent"])
        case .guardian: consenting.insert(document["guardian"]?.text ?? "")
        case .withdrawal: if document["scope"]?.text == "all" { isWithdrawn = true }
        case .answer: answers.append(document["answer"]?.text ?? "")
        default: break
        }
    }

    func facts(isRestricted: Bool) -> [Fact: Int] {
        var facts: [Fact: Int] = [:]
        func count(_ fact: Fact, _ holds: Bool) { facts[fact] = holds ? 1 : 0 }
        let goes = Recipients.function(for: kind) != nil
        let accepted = decision == "accepted"
        let requested = wasRequested || isSendable(isRestricted)
        count(.jointVisits, kind == "joint-visit")
        count(.offersAccepted, accepted)
        count(.offersDeclined, decision == "declined")
        count(.offersConsidering, decision == "considering")
        count(.offersWithdrawn, decision == "withdrawn")
        count(.consents, hasConsent)
        count(.consentsComplete, hasConsent && isComplete)
        count(.consentsWithdrawn, isWithdrawn)
        count(.heldRestricted, goes && accepted && isRestricted)
        count(.awaitingConsent, goes && accepted && !isRestricted && (!hasConsent || isWithdrawn))
        count(.awaitingGuardian, isHeld(isRestricted) && !isRestricted)
        let held = (wasHeld || isHeld(isRestricted)) && !requested
        count(.held, held)
        count(.heldGuardian, held && !isRestricted)
        count(.requested, requested)
        count(.delivered, requested)
        let recalled = requested && (isWithdrawn || decision == "withdrawn")
        count(.recalled, recalled)
        count(.answeredReferrals, !answers.isEmpty)
        let end = recalled ? nil : answers.last
        count(.completed, end == "done")
        count(.inProgress, end == "contact-made" || end == "in-progress")
        count(.rejected, answers == ["cannot-take"] || answers == ["wrong-recipient"])
        count(.failed, end == "not-reached" || end == "family-declined")
        return facts
    }

    /// Data about a child need every guardian; a parent's own need only hers.
    private var isComplete: Bool {
        guard isAboutChild else { return true }
        return guardians.indices.allSatisfy { !guardians[$0] || consenting.contains("@parent-\($0 + 1)") }
    }

    private func isSendable(_ isRestricted: Bool) -> Bool {
        Recipients.function(for: kind) != nil && decision == "accepted" && hasConsent && isComplete && !isWithdrawn
            && !isRestricted
    }

    private func isHeld(_ isRestricted: Bool) -> Bool {
        guard Recipients.function(for: kind) != nil, decision == "accepted" else { return false }
        return isRestricted || hasConsent && !isWithdrawn && !isComplete
    }

    private mutating func consent(_ consent: JSONValue?) {
        guard let consent else { return }
        hasConsent = true
        isAboutChild = consent["about"]?.text != "self"
        consenting = Set([respondent] + (consent["guardians"]?.elements ?? []).compactMap(\.text))
    }
}
