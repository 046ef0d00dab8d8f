internal import Delivery
internal import Events

/// From events to facts: the one place that knows both.
enum FactReading {
    /// The fact that a record states; nil for the types that state none here.
    /// - Throws: `EventFault` when the value isn't what its schema says.
    static func fact(in event: ReceivedEvent) throws -> StatedFact? {
        switch event.topic {
        case .registry, .contactLists: try reference(event)
        case .children, .screenings, .outcomes: try course(event)
        case .agreements, .consents: try agreement(event)
        case .referrals, .notifications: try contact(event)
        default: nil
        }
    }

    private static func reference(_ event: ReceivedEvent) throws -> StatedFact? {
        switch event.envelope.eventType {
        case .unitChanged: try stated(event, UnitChanged.self) { .unit(ReportedUnit($0)) }
        case .visitSlotsPublished: try stated(event, VisitSlotsPublished.self) { _ in .reference }
        case .instrumentPublished: try stated(event, InstrumentPublished.self) { _ in .reference }
        case .contactListPublished:
            try stated(event, ContactListPublished.self) {
                .contactList(municipality: $0.municipality, entries: $0.entries.count)
            }
        case .recipientChanged:
            try stated(event, RecipientChanged.self) {
                .recipient(
                    $0.recipient, municipality: $0.municipality, kind: $0.kind.rawValue, staff: $0.staff.count)
            }
        default: nil
        }
    }

    private static func course(_ event: ReceivedEvent) throws -> StatedFact? {
        switch event.envelope.eventType {
        case .childListed: try stated(event, ChildListed.self) { .child($1.locality) }
        case .visitHeld:
            try stated(event, VisitHeld.self) {
                .visit(
                    $0.visit, $1.locality, heldAt: $1.occurredAt, slot: $0.slot, present: $0.present,
                    isCorrection: $1.revision > 1)
            }
        case .screeningOffered:
            try stated(event, ScreeningOffered.self) { .offered(.init($0.visit, $0.respondent), $0.screening) }
        case .screeningNotOffered:
            try stated(event, ScreeningNotOffered.self) {
                .notOffered(.init($0.visit, $0.respondent), reason: $0.reason.rawValue)
            }
        case .screeningDeclined: try stated(event, ScreeningDeclined.self) { .declined($0.screening) }
        case .screeningAnswered:
            try stated(event, ScreeningAnswered.self) {
                .answered(.init($0.visit, $0.respondent), $0.screening, $0.completeness)
            }
        case .outcomeScored:
            try stated(event, OutcomeScored.self) {
                .scored(
                    .init($0.visit, $0.respondent), $0.screening, FactorResults($0.factors), revision: $1.revision)
            }
        case .outcomeRetracted:
            try stated(event, OutcomeRetracted.self) { .retracted($0.screening, revision: $1.revision) }
        default: nil
        }
    }

    private static func agreement(_ event: ReceivedEvent) throws -> StatedFact? {
        switch event.envelope.eventType {
        case .conversationRecorded:
            try stated(event, ConversationRecorded.self) { .conversation($0.conversation, $1.locality) }
        case .supportOfferMade:
            try stated(event, SupportOfferMade.self) { .offer($0.offer, $1.locality, kind: $0.kind) }
        case .supportOfferDecided: try stated(event, SupportOfferDecided.self) { .decision($0.offer, $0.decision) }
        case .consentGiven:
            try stated(event, ConsentGiven.self) { .consent($0.consent, $0.offer, isComplete: $0.complete) }
        case .consentWithdrawn: try stated(event, ConsentWithdrawn.self) { .withdrawal($0.consent, $0.scope) }
        default: nil
        }
    }

    private static func contact(_ event: ReceivedEvent) throws -> StatedFact? {
        switch event.envelope.eventType {
        case .referralRequested: try stated(event, ReferralRequested.self) { .referral($0.referral, $0.offer) }
        case .referralHeld: try stated(event, ReferralHeld.self) { .held($0.offer, reason: $0.reason.rawValue) }
        case .referralChanged:
            try stated(event, ReferralChanged.self) {
                .referralState($0.referral, $0.to, closing: $0.closing?.rawValue)
            }
        case .notificationDelivered:
            try stated(event, NotificationDelivered.self) { .delivered($0.delivery, $0.referral) }
        case .notificationExhausted:
            try stated(event, NotificationExhausted.self) { .exhausted($0.delivery, $0.referral) }
        case .referralAnswered: try stated(event, ReferralAnswered.self) { .answer($0.referral, $0.answer) }
        default: nil
        }
    }

    /// A fact about a child.
    private static func stated<Body: EventBody>(
        _ event: ReceivedEvent, _ body: Body.Type, _ fact: (Body, CommonMembers) -> Fact
    ) throws -> StatedFact where Body.Common == CommonMembers {
        let decoded = try event.decoded(as: body)
        return StatedFact(
            fact: fact(decoded.body, decoded.common), child: event.child, isProtected: decoded.common.restricted,
            isSynthetic: decoded.common.synthetic)
    }

    private static func stated<Body: EventBody>(
        _ event: ReceivedEvent, _ body: Body.Type, _ fact: (Body) -> Fact
    ) throws -> StatedFact where Body.Common == CommonMembers {
        try stated(event, body) { body, _ in fact(body) }
    }

    /// Reference data.
    private static func stated<Body: ReferenceBody>(
        _ event: ReceivedEvent, _ body: Body.Type, _ fact: (Body) -> Fact
    ) throws -> StatedFact {
        let decoded = try event.decoded(as: body)
        return StatedFact(
            fact: fact(decoded.body), child: nil, isProtected: false, isSynthetic: decoded.common.synthetic)
    }
}

extension CommonMembers {
    fileprivate var locality: Locality { Locality(unit: unit, residence: residenceMunicipality) }
}

extension ScreeningKey {
    fileprivate init(_ visit: VisitID, _ respondent: RespondentID) {
        self.init(visit: visit, respondent: respondent)
    }
}
