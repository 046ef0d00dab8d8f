internal import Documents
internal import Events
internal import HTTPServer
internal import Store

/// Conversations, decisions, consents: what was agreed with a parent, and how far it has come.
struct AgreementEndpoints: Sendable {
    let desk: Desk

    /// `POST /v1/conversations`.
    func recordConversation(_ request: Request) async throws -> Response {
        let (record, json) = try DocumentReading.body(request.body, ConversationDocument.read)
        let use = RecordConversation(record, json: json)
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try use.perform(write, in: transaction)
            return (child, try .json(201, answer))
        }
    }

    /// `POST /v1/offers/{offer}/decisions`.
    func decide(_ request: Request) async throws -> Response {
        guard let offer = OfferID(request.parameter("offer")) else { throw Problem.notFound }
        let (decision, consent) = try DocumentReading.body(request.body, DecisionDocument.later).document
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try DecideOffer.perform(offer, decision, consent, write, in: transaction)
            return (child, try .json(201, answer))
        }
    }

    /// `POST /v1/consents/{consent}/guardians`.
    func addGuardian(_ request: Request) async throws -> Response {
        guard let consent = ConsentID(request.parameter("consent")) else { throw Problem.notFound }
        let (guardian, givenAt) = try DocumentReading.body(request.body, DecisionDocument.guardian).document
        let use = AddGuardian(consent: consent, guardian: guardian, givenAt: givenAt)
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try use.perform(write, in: transaction)
            return (child, try .json(201, answer))
        }
    }

    /// `POST /v1/consents/{consent}/withdrawal`.
    func withdraw(_ request: Request) async throws -> Response {
        guard let consent = ConsentID(request.parameter("consent")) else { throw Problem.notFound }
        let (scope, withdrawnAt) = try DocumentReading.body(request.body, DecisionDocument.withdrawal).document
        let use = WithdrawConsent(consent: consent, scope: scope, withdrawnAt: withdrawnAt)
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try use.perform(write, in: transaction)
            return (child, try .json(201, answer))
        }
    }

    /// `GET /v1/offers/{offer}`.
    func readOffer(_ request: Request) async throws -> Response {
        guard let id = OfferID(request.parameter("offer")) else { throw Problem.notFound }
        return try await desk.read(request) { write, transaction in
            guard let offer = try OfferTables.find(id, in: transaction),
                let child = try ChildTable.find(offer.child, in: transaction)
            else { throw Problem.notFound }
            guard write.mayActFor(child) else { throw Problem.forbidden }
            try write.audit("offer.read", child.id, id.text, in: transaction)
            return try .json(200, try OfferAnswer(offer, in: transaction))
        }
    }

    /// `GET /v1/screenings/{screening}/outcome`: what the parent's form says, once it is scored. One parent's form only
    /// (DESIGN 4.3).
    func readOutcome(_ request: Request) async throws -> Response {
        guard let id = ScreeningID(request.parameter("screening")) else { throw Problem.notFound }
        return try await desk.read(request) { write, transaction in
            guard let screening = try ScreeningTable.find(id, in: transaction),
                let child = try ChildTable.find(screening.child, in: transaction)
            else { throw Problem.notFound }
            guard write.mayActFor(child) else { throw Problem.forbidden }
            let scored = try CourseTables.outcome(of: id, in: transaction)
            try write.audit("outcome.read", child.id, id.text, in: transaction)
            return try .json(
                200,
                OutcomeAnswer(
                    screening: id, state: screening.state.rawValue,
                    outcome: try scored.map { try EventCodec.decode(Event<OutcomeScored>.self, from: $0.event).body },
                    by: write.intake.registry))
        }
    }
}
