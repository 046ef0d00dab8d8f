internal import Events
internal import Runtime

/// Adds one fact to what is known: the changed histories, and the offers that it bears upon with the fact in them.
/// Pure.
struct LearnedFact {
    let child: ChildID
    let recordedAt: Timestamp
    private(set) var cases: [OfferCase]
    private(set) var changes: [RouterChange] = []
    private let known: RouteOffers.Known

    init(child: ChildID, recordedAt: Timestamp, known: RouteOffers.Known) {
        self.child = child
        self.recordedAt = recordedAt
        self.known = known
        cases = known.cases
    }

    mutating func take(_ input: RouteOffers.Input) {
        switch input {
        case .listed(let event): listed(event)
        case .conversation(let body):
            changes.append(.conversation(body.conversation, of: child, interpreter: body.interpreter))
        case .made(let event):
            let terms = revised(event.common, OfferTerms(event, interpreter: known.needsInterpreter))
            file { $0.made.add(terms) }
        case .decided(let event):
            let terms = DecisionTerms(decision: event.body.decision, restricted: event.common.restricted)
            let decided = revised(event.common, terms)
            file { $0.decided.add(decided) }
        case .given(let event):
            var consent = known.consent ?? ConsentFile(consent: event.body.consent, child: child)
            if consent.offer == nil { consent.offer = event.body.offer }
            consent.given.add(revised(event.common, ConsentTerms(event)))
            keep(consent)
        case .withdrawn(let event):
            var consent = known.consent ?? ConsentFile(consent: event.body.consent, child: child)
            consent.withdrawals.append(
                Withdrawal(scope: event.body.scope, at: event.common.occurredAt, by: event.common.actor.role))
            keep(consent)
        case .answered(let event): answered(event)
        }
    }

    private mutating func listed(_ event: Event<ChildListed>) {
        var listing = known.listing ?? ChildListing(child: child)
        listing.listed.add(
            revised(
                event.common,
                ListingTerms(birthMonth: event.body.birthMonth, restricted: event.common.restricted)))
        changes.append(.listing(listing))
        for index in cases.indices { cases[index].listing = listing }
    }

    private mutating func file(_ change: (inout OfferFile) -> Void) {
        for index in cases.indices {
            change(&cases[index].file)
            changes.append(.offer(cases[index].file))
        }
    }

    private mutating func keep(_ consent: ConsentFile) {
        changes.append(.consent(consent))
        for index in cases.indices where cases[index].file.offer == consent.offer {
            cases[index].consents.removeAll { $0.consent == consent.consent }
            cases[index].consents.append(consent)
        }
    }

    private mutating func answered(_ event: Event<ReferralAnswered>) {
        let body = event.body
        let answer = RecipientAnswer(
            referral: body.referral, revision: event.common.revision, at: event.common.occurredAt,
            by: event.common.actor.role, answer: body.answer, reason: body.reason)
        changes.append(.answer(answer, of: child))
        for index in cases.indices { cases[index].answers[body.referral, default: []].append(answer) }
    }

    private func revised<Content>(_ common: CommonMembers, _ content: Content) -> Revised<Content> {
        Revised(
            revision: common.revision, at: common.occurredAt, recordedAt: recordedAt, by: common.actor.role,
            content: content)
    }
}
