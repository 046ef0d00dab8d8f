internal import Delivery
internal import Events
internal import Runtime
internal import Store

/// The router's use case: whatever arrives is added to what is known, and the offers that it bears upon are assessed
/// anew.
///
/// Nothing is sent but by an accepted offer and a complete consent that names the recipient (rule 2 of the domain).
struct RouteOffers: RecordHandler {
    enum Input: Sendable {
        case listed(Event<ChildListed>)
        case conversation(ConversationRecorded)
        case made(Event<SupportOfferMade>)
        case decided(Event<SupportOfferDecided>)
        case given(Event<ConsentGiven>)
        case withdrawn(Event<ConsentWithdrawn>)
        case answered(Event<ReferralAnswered>)
    }

    /// What the store knew.
    struct Known: Sendable {
        /// The offers that the record may bear upon; an offer that isn't known yet as an empty case.
        var cases: [OfferCase] = []
        var listing: ChildListing?
        var consent: ConsentFile?
        var needsInterpreter = false
    }

    let recipients: Recipients

    func decode(_ event: ReceivedEvent) throws -> Input? {
        switch event.envelope.eventType {
        case .childListed: .listed(try event.decoded())
        case .conversationRecorded: .conversation(try event.decoded(as: ConversationRecorded.self).body)
        case .supportOfferMade: .made(try event.decoded())
        case .supportOfferDecided: .decided(try event.decoded())
        case .consentGiven: .given(try event.decoded())
        case .consentWithdrawn: .withdrawn(try event.decoded())
        case .referralAnswered: .answered(try event.decoded())
        // Deliveries are counted by Delivery as facts; units and instruments decide nothing here.
        default: nil
        }
    }

    func read(for input: Input, of event: ReceivedEvent, from store: ReadScope) throws -> Known {
        guard let child = event.child else { return Known() }
        func one(_ offer: OfferID) throws -> [OfferCase] { [try OfferCases.load(offer, of: child, from: store)] }
        switch input {
        case .listed:
            return Known(
                cases: try OfferCases.all(of: child, from: store), listing: try ChildTable.find(child, in: store))
        case .conversation: return Known()
        case .made(let made):
            return Known(
                cases: try one(made.body.offer),
                needsInterpreter: try ConversationTable.needsInterpreter(made.body.conversation, in: store))
        case .decided(let decided): return Known(cases: try one(decided.body.offer))
        case .given(let given):
            return Known(
                cases: try one(given.body.offer), consent: try ConsentTable.find(given.body.consent, in: store))
        case .withdrawn(let withdrawn):
            let consent = try ConsentTable.find(withdrawn.body.consent, in: store)
            return Known(cases: try consent?.offer.map(one) ?? [], consent: consent)
        case .answered(let answered):
            let offer = try ReferralTable.offer(of: answered.body.referral, in: store)
            return Known(cases: try offer.map(one) ?? [])
        }
    }

    func decide(_ input: Input, of event: ReceivedEvent, knowing known: Known) throws -> Decision<RouterChange> {
        guard let child = event.child else { return .done() }
        guard known.cases.allSatisfy({ $0.file.child == child }), known.consent?.child ?? child == child else {
            return .refuse(reason: "offer-of-another-child")
        }
        if case .given(let given) = input, let offer = known.consent?.offer, offer != given.body.offer {
            return .refuse(reason: "consent-of-another-offer")
        }
        var learned = LearnedFact(child: child, recordedAt: event.envelope.time, known: known)
        learned.take(input)
        var changes = learned.changes
        var says: [Saying] = []
        for offer in learned.cases {
            let assessed = try ReassessOffer(offer, among: recipients)
            changes += assessed.changes
            says += assessed.says
        }
        return .done(changes: changes, says: says)
    }

    func apply(_ change: RouterChange, of event: ReceivedEvent, in transaction: Transaction) throws {
        try change.write(in: transaction)
    }
}

extension RouterChange {
    func write(in transaction: Transaction) throws {
        switch self {
        case .listing(let listing): try ChildTable.write(listing, in: transaction)
        case .conversation(let conversation, let child, let interpreter):
            try ConversationTable.write(conversation, of: child, interpreter: interpreter, in: transaction)
        case .offer(let file): try OfferTable.write(file, in: transaction)
        case .consent(let file): try ConsentTable.write(file, in: transaction)
        case .answer(let answer, let child): try AnswerTable.write(answer, of: child, in: transaction)
        case .referral(let referral): try ReferralTable.write(referral, in: transaction)
        case .held(let held): try HeldTable.write(held, in: transaction)
        }
    }
}
