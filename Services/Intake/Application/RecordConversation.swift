internal import Cryptography
internal import Events
internal import FHIR
internal import HTTPServer
internal import Store

/// Records a conversation with its offers, decisions and consents, and says each as the fact it is.
///
/// Child, respondent and instant are the natural key: the same document again gets the same answer, another one a
/// conflict. Nothing is sent by it: that takes an accepted offer and a complete consent (DESIGN 4.2).
struct RecordConversation: Sendable {
    struct Answer: Encodable, Sendable {
        let conversation: ConversationID
        /// In the order of the document.
        let offers: [OfferAnswer]
    }

    let record: ConversationRecord
    /// Hash of the document, whatever the order of its members.
    let digest: [UInt8]

    init(_ record: ConversationRecord, json: JSONValue) {
        self.record = record
        digest = SHA256.hash(json.json(sorted: true))
    }

    func perform(_ write: Write, in transaction: Transaction) throws -> (child: ChildID, answer: Answer) {
        let child = try write.child(record.child, in: transaction)
        try write.refuseFuture(record.heldAt, at: "#/heldAt")
        let respondents = try ChildTable.respondents(of: child.id, in: transaction)
        let known = try OfferTables.conversation(
            child.id, record.respondent, heldAt: record.heldAt, in: transaction)
        if let known {
            // After a restore the document's digest is gone; that there was one at this instant still holds.
            guard known.digest ?? digest == digest else {
                throw Problem.conflict(
                    "A conversation with this parent at this instant is recorded already, otherwise.")
            }
            try write.audit("conversation.repeated", child.id, known.id.text, in: transaction)
            return (child.id, try answer(known.id, in: transaction))
        }
        try check(child, respondents, in: transaction)
        let conversation: ConversationID = write.newID()
        try write.say(body(conversation), about: child, at: record.heldAt, in: transaction)
        try OfferTables.write(
            conversation, of: child.id, record.respondent, heldAt: record.heldAt, digest: digest, in: transaction)
        for (place, offer) in record.offers.enumerated() {
            try make(offer, place: place, in: conversation, of: child, respondents, write, transaction)
        }
        try write.audit("conversation.recorded", child.id, conversation.text, in: transaction)
        return (child.id, try answer(conversation, in: transaction))
    }

    private func make(
        _ record: OfferRecord, place: Int, in conversation: ConversationID, of child: Child,
        _ respondents: [Respondent], _ write: Write, _ transaction: Transaction
    ) throws {
        let offer = Offer(
            id: write.newID(), child: child.id, conversation: conversation, respondent: self.record.respondent,
            place: place, kind: record.kind, recipient: record.recipient)
        let isTold = !child.isRestricted
        try write.say(
            SupportOfferMade(
                offer: offer.id, conversation: conversation, respondent: offer.respondent, factors: record.factors,
                kind: record.kind, recipient: isTold ? record.recipient : nil, entry: isTold ? record.entry : nil,
                contactListVersion: isTold ? record.contactListVersion : nil,
                suggested: isTold ? record.suggested : [], overrideReason: record.overrideReason),
            about: child, at: self.record.heldAt, in: transaction)
        try OfferTables.write(offer, in: transaction)
        let pointer = "#/offers/\(place)"
        if let decision = record.decision {
            try DecideOffer(record: decision, pointer: "\(pointer)/decision")
                .perform(offer, of: child, write, in: transaction)
        }
        if let consent = record.consent {
            try GiveConsent(record: consent, pointer: "\(pointer)/consent")
                .perform(offer, of: child, respondents, write, in: transaction)
        }
    }

    private func check(_ child: Child, _ respondents: [Respondent], in transaction: Transaction) throws {
        var faults: [Problem.Fault] = []
        if !respondents.contains(where: { $0.id == record.respondent }) {
            faults.append(.init("is not a respondent of the child", at: "#/respondent"))
        }
        if let visit = record.visit, try VisitTable.find(visit, in: transaction)?.child != child.id {
            faults.append(.init("is not a visit of the child", at: "#/visit"))
        }
        for (index, offer) in record.offers.enumerated() {
            if let decision = offer.decision?.decision, decision != .accepted, offer.consent != nil {
                faults.append(.init("goes with an offer that was accepted", at: "#/offers/\(index)/consent"))
            }
        }
        guard faults.isEmpty else { throw Problem.unprocessable("The conversation can't be so.", errors: faults) }
    }

    private func body(_ conversation: ConversationID) -> ConversationRecorded {
        ConversationRecorded(
            conversation: conversation, visit: record.visit, occasion: record.occasion, respondent: record.respondent,
            by: record.lead, interpreter: record.interpreter, otherParentPresent: record.otherParentPresent,
            factors: record.factors, minutes: record.minutes)
    }

    private func answer(_ conversation: ConversationID, in transaction: Transaction) throws -> Answer {
        Answer(
            conversation: conversation,
            offers: try OfferTables.offers(of: conversation, in: transaction).map {
                try OfferAnswer($0, in: transaction)
            })
    }
}
