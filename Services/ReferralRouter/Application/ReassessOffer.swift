internal import Delivery
internal import Events
internal import Runtime

/// What has to be written and said after something new is known of an offer: the difference between where it stands
/// and what was said. Pure; saying nothing new is the ordinary result of a repetition.
struct ReassessOffer: Sendable {
    /// Version of the routing rules, as referrals name it.
    static let ruleVersion = "1"

    let recipients: Recipients
    private(set) var known: OfferCase
    private(set) var changes: [RouterChange] = []
    private(set) var says: [Saying] = []

    /// - Throws: when a saying can't be encoded.
    init(_ known: OfferCase, among recipients: Recipients) throws {
        self.recipients = recipients
        self.known = known
        try tellReferrals()
        let standing = self.known.standing(among: recipients)
        switch standing {
        case .referred(let key): try request(key)
        case .held(let reason, let taskFor): try hold(reason, taskFor)
        case .nothing, .awaitingConsent, .awaitingListing: break
        }
        if case .held = standing {} else { release() }
        if self.known.file.standing != standing.code {
            self.known.file.standing = standing.code
            changes.append(.offer(self.known.file))
        }
    }

    /// Tells how far each referral has come since it was told last.
    private mutating func tellReferrals() throws {
        for index in known.referrals.indices {
            var referral = known.referrals[index]
            if referral.key == nil {
                referral.key = known.possibleKeys.first { $0.referral == referral.referral }
            }
            guard let key = referral.key else { continue }
            let course = ReferralCourse(
                known.answers[referral.referral] ?? [], consent: known.consent(referral.consent),
                ending: known.ending(of: key))
            try tell(course, of: &referral)
            if referral != known.referrals[index] { changes.append(.referral(referral)) }
            known.referrals[index] = referral
            let before = known.answers[referral.referral] ?? []
            changes += zip(before, course.answers).filter { $0 != $1 }.map { .answer($1, of: referral.child) }
            known.answers[referral.referral] = course.answers
        }
    }

    /// Ordinarily what was said is the beginning of the course and the rest is said. When an answer turned out to have
    /// been given before an end that is told already, the last word is put right in one step.
    private mutating func tell(_ course: ReferralCourse, of referral: inout SaidReferral) throws {
        let path = course.steps.map(\.asPath)
        if referral.isRereading {
            let isThere = course.state == referral.state && path.count >= referral.path.count
            guard isThere || path.starts(with: referral.path) else { return }
            referral.isRereading = false
        }
        if path.starts(with: referral.path) {
            for step in course.steps.dropFirst(referral.path.count) { try say(step, of: &referral) }
        } else if path.last != referral.path.last {
            let last = course.steps.last
            try say(
                ReferralCourse.Step(
                    from: referral.state, to: course.state, at: last?.at ?? known.latest, by: last?.by ?? .system,
                    reason: "order-corrected", closing: last?.closing), of: &referral)
        }
        referral.path = path
    }

    private mutating func say(_ step: ReferralCourse.Step, of referral: inout SaidReferral) throws {
        referral.changes += 1
        says.append(
            try Saying(
                Event(
                    members(at: step.at, revision: referral.changes),
                    ReferralChanged(
                        referral: referral.referral, from: step.from, to: step.to, by: step.by, reason: step.reason,
                        closing: step.closing)), child: referral.child))
    }

    private mutating func request(_ key: ReferralKey) throws {
        guard !known.referrals.contains(where: { $0.referral == key.referral }) else { return }
        guard let requested = known.request(by: key, among: recipients) else { return }
        let child = known.file.child
        says.append(try Saying(requested, child: child))
        let referral = SaidReferral(
            referral: key.referral, offer: key.offer, child: child, consent: key.consent, key: key)
        known.referrals.append(referral)
        changes.append(.referral(referral))
        // Answers, and even the end of it, may have been read before what it follows from.
        try tellReferrals()
    }

    private mutating func hold(_ reason: HeldReason, _ taskFor: ActorRole) throws {
        if let held = known.held, held.isStanding, held.reason == reason, held.taskFor == taskFor { return }
        let held = SaidHeld(
            offer: known.file.offer, child: known.file.child, reason: reason, taskFor: taskFor,
            revision: (known.held?.revision ?? 0) + 1, isStanding: true)
        says.append(
            try Saying(
                Event(
                    members(at: known.latest, revision: held.revision),
                    ReferralHeld(offer: held.offer, reason: reason, taskFor: taskFor)), child: held.child))
        known.held = held
        changes.append(.held(held))
    }

    /// An offer that waits no longer: a request, a decision or a withdrawal says so on its own topic.
    private mutating func release() {
        guard var held = known.held, held.isStanding else { return }
        held.isStanding = false
        known.held = held
        changes.append(.held(held))
    }

    private func members(at time: Timestamp, revision: Int) -> CommonMembers {
        known.members(at: time, revision: revision)
    }
}

/// One change of the router's own tables.
enum RouterChange: Sendable {
    case listing(ChildListing)
    case conversation(ConversationID, of: ChildID, interpreter: Bool)
    case offer(OfferFile)
    case consent(ConsentFile)
    case answer(RecipientAnswer, of: ChildID)
    case referral(SaidReferral)
    case held(SaidHeld)
}
