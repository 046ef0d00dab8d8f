internal import Delivery
internal import Events
internal import Store

/// Writes intake's tables again from what it had said itself, after a restore: surrogates, visits, forms, agreements
/// and consents, so that every natural key holds and nothing is said twice.
///
/// Topics come one after the other in any interleaving; the tables end the same. Not brought back is what no topic
/// carries: who a surrogate is, exact dates of birth, the digests of documents.
enum TakeBack {
    static func apply(_ event: ReceivedEvent, in transaction: Transaction) throws {
        switch event.envelope.eventType {
        case .unitChanged: try published(UnitChanged.self, event, transaction)
        case .visitSlotsPublished: try published(VisitSlotsPublished.self, event, transaction)
        case .instrumentPublished: try published(InstrumentPublished.self, event, transaction)
        default:
            guard let child = event.child else { return }
            try apply(event, of: child, in: transaction)
        }
    }

    private static func published<Body: ReferenceBody>(
        _ type: Body.Type, _ event: ReceivedEvent, _ transaction: Transaction
    ) throws {
        let said = try event.decoded(as: type)
        try PublishedTable.write(
            PublishedTable.Entry(
                subject: PublishRegistry.object(of: said.body), type: Body.type,
                sha256: try PublishRegistry.contentHash(said.body),
                revision: said.common.revision, event: event.envelope.id), in: transaction)
    }

    private static func apply(_ event: ReceivedEvent, of child: ChildID, in transaction: Transaction) throws {
        let id = EventID(event.envelope.id)
        switch event.envelope.eventType {
        case .childListed: try listed(try event.decoded(), transaction)
        case .visitHeld: try VisitTable.write(Visit(try event.decoded(), of: child, event: id), in: transaction)
        case .screeningOffered, .screeningNotOffered, .screeningDeclined:
            try screening(event, of: child, in: transaction)
        case .screeningAnswered:
            let answered: Event<ScreeningAnswered> = try event.decoded()
            try FormTable.write(answered, event: id, of: child, recordedAt: event.envelope.time, in: transaction)
            try ScreeningTable.write(Screening(answered.body, of: child), in: transaction)
            try ChildTable.participate(child, in: transaction)
        case .answersSubmitted:
            try FormTable.write(
                try event.decoded(), bytes: event.value, event: id, of: child, recordedAt: event.envelope.time,
                in: transaction)
        case .conversationRecorded:
            let said: Event<ConversationRecorded> = try event.decoded()
            try OfferTables.write(
                said.body.conversation, of: child, said.body.respondent, heldAt: said.common.occurredAt, digest: nil,
                in: transaction)
        case .supportOfferMade: try offered(try event.decoded(as: SupportOfferMade.self).body, child, transaction)
        case .supportOfferDecided:
            let said: Event<SupportOfferDecided> = try event.decoded()
            try DecisionTable.write(
                StandingDecision(said, event: id), about: said.body.offer, of: child, in: transaction)
        case .consentGiven:
            let given: Event<ConsentGiven> = try event.decoded()
            try ConsentTable.write(given, bytes: event.value, event: id, of: child, in: transaction)
            try ConsentTable.add(
                given.body.giver, to: given.body.consent, of: child, at: given.common.occurredAt, in: transaction)
        case .consentWithdrawn:
            let withdrawn: Event<ConsentWithdrawn> = try event.decoded()
            try ConsentTable.write(
                withdrawn.body, revision: withdrawn.common.revision, of: child, in: transaction)
        default: break
        }
    }

    private static func listed(_ said: Event<ChildListed>, _ transaction: Transaction) throws {
        let body = said.body
        let isParticipating = try transaction.exists("SELECT 1 FROM form WHERE child = ?", .uuid(body.child.uuid))
        try ChildTable.write(
            Child(
                id: body.child, unit: said.common.unit, residence: said.common.residenceMunicipality,
                birthMonth: body.birthMonth, birthDay: nil, since: body.since, isRestricted: said.common.restricted,
                isSynthetic: said.common.synthetic, isParticipating: isParticipating), digest: nil, in: transaction)
        for (place, respondent) in body.respondents.enumerated() {
            try ChildTable.write(
                Respondent(
                    id: respondent.respondent, relation: respondent.relation, guardian: respondent.guardian),
                of: body.child, place: place, in: transaction)
        }
    }

    private static func screening(
        _ event: ReceivedEvent, of child: ChildID, in transaction: Transaction
    ) throws {
        switch event.envelope.eventType {
        case .screeningOffered:
            let body = try event.decoded(as: ScreeningOffered.self).body
            try ScreeningTable.write(
                Screening(
                    visit: body.visit, respondent: body.respondent, child: child, id: body.screening, state: .offered,
                    language: body.language, mode: body.mode.rawValue), in: transaction)
        case .screeningNotOffered:
            let body = try event.decoded(as: ScreeningNotOffered.self).body
            try ScreeningTable.write(
                Screening(
                    visit: body.visit, respondent: body.respondent, child: child, id: nil, state: .notOffered,
                    code: body.reason.rawValue), in: transaction)
        default:
            let body = try event.decoded(as: ScreeningDeclined.self).body
            // The offer stands on the same topic before it, unless the topic has let go of it.
            guard let offered = try ScreeningTable.find(body.screening, in: transaction) else { return }
            try ScreeningTable.write(
                Screening(
                    visit: offered.visit, respondent: offered.respondent, child: child, id: body.screening,
                    state: .declined, code: body.scope.rawValue), in: transaction)
        }
    }

    private static func offered(
        _ body: SupportOfferMade, _ child: ChildID, _ transaction: Transaction
    ) throws {
        let place = try OfferTables.count(of: body.conversation, in: transaction)
        try OfferTables.write(
            Offer(
                id: body.offer, child: child, conversation: body.conversation, respondent: body.respondent,
                place: place, kind: body.kind, recipient: body.recipient), in: transaction)
    }
}

extension Visit {
    fileprivate init(_ said: Event<VisitHeld>, of child: ChildID, event: EventID) {
        let body = said.body
        self.init(
            id: body.visit, child: child, slot: body.slot, heldAt: said.common.occurredAt, team: body.team,
            place: body.place, present: body.present, actor: said.common.actor.role, revision: said.common.revision,
            event: event)
    }
}

extension Screening {
    fileprivate init(_ body: ScreeningAnswered, of child: ChildID) {
        self.init(
            visit: body.visit, respondent: body.respondent, child: child, id: body.screening, state: .answered,
            language: body.language, mode: body.mode.rawValue)
    }
}

extension StandingDecision {
    fileprivate init(_ said: Event<SupportOfferDecided>, event: EventID) {
        let body = said.body
        self.init(
            revision: said.common.revision,
            record: DecisionRecord(
                decision: body.decision, decidedAt: said.common.occurredAt, reason: body.reason,
                askAgainAt: body.askAgainAt, via: body.via), event: event)
    }
}
