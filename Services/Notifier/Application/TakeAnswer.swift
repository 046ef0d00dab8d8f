internal import Delivery
internal import Events
internal import Foundation
internal import HTTPServer
internal import Runtime
internal import Store

/// Takes a municipality's answer: what the consent's feedback allows, once, with its event and its audit row.
struct TakeAnswer: Sendable {
    /// An answer on its way in.
    struct Incoming: Sendable {
        let referral: ReferralID?
        let answer: GivenAnswer
        let caller: Caller
        let idempotencyKey: String?
        /// The write's id.
        let write: UUID
        let traceparent: String?
    }

    /// The answer as it stands.
    struct Standing: Sendable, Equatable, Codable {
        let referral: String
        let revision: Int
        let answer: String
        let reason: String?
        let proposedTimes: [Timestamp]
        let answeredAt: Timestamp
    }

    let outbox: Outbox

    /// The same answer again gives the same standing; another one is the next revision.
    /// - Throws: `Problem`. A referral that doesn't exist is refused exactly as one of somebody else's.
    func take(_ incoming: Incoming, now: Timestamp, in transaction: Transaction) throws -> Standing {
        guard let referral = incoming.referral,
            let request = try ReferralTable.find(referral, in: transaction),
            let dossier = try DeliveryTable.dossier(of: referral, in: transaction),
            let recipient = try RecipientTable.find(dossier.request.recipient, in: transaction),
            MunicipalRights.mayActFor(recipient.kind, in: recipient.municipality, incoming.caller),
            try InboxTable.isReleased(Notice.requested.delivery(of: referral), in: transaction)
        else { throw Problem.forbidden }
        if let key = incoming.idempotencyKey,
            let earlier = try AnswerTable.given(by: incoming.caller.name, under: key, in: transaction)
        {
            guard earlier.referral == referral, earlier.row.answer == incoming.answer else {
                throw Problem.conflict("The Idempotency-Key came before with another answer.")
            }
            return Self.standing(earlier.row, of: referral)
        }
        guard dossier.takenBackAt == nil else { throw Problem.conflict("The referral was taken back.") }
        try refuseWhatConsentDoesNotAllow(incoming.answer, dossier.consent, now: now)
        let latest = try AnswerTable.latest(to: referral, in: transaction)
        if let latest, latest.answer == incoming.answer { return Self.standing(latest, of: referral) }
        let row = AnswerTable.Recorded(
            revision: (latest?.revision ?? 0) + 1, answer: incoming.answer, answeredAt: now)
        try AnswerTable.insert(
            row, to: referral, about: request.child, caller: incoming.caller.name, key: incoming.idempotencyKey,
            in: transaction)
        try say(row, incoming, request, now: now, in: transaction)
        try AuditTrail.append(
            AuditEntry(
                at: now, caller: incoming.caller.name, role: incoming.caller.role.rawValue,
                action: "referral.answered", child: request.child.uuid, subject: "referral/\(referral.text)"),
            in: transaction)
        return Self.standing(row, of: referral)
    }

    private func refuseWhatConsentDoesNotAllow(
        _ answer: GivenAnswer, _ consent: KnownConsent?, now: Timestamp
    ) throws {
        let feedback = FeedbackRule.feedback(under: consent, today: try SwedishDay.at(now))
        let allowed = FeedbackRule.answers(under: feedback)
        guard allowed.contains(answer.code) else {
            let codes = allowed.map(\.rawValue).joined(separator: ", ")
            throw Problem.unprocessable(
                "The consent does not let this be told back.",
                errors: [Problem.Fault("under this consent one of \(codes)", at: "#/answer")])
        }
    }

    private func say(
        _ row: AnswerTable.Recorded, _ incoming: Incoming, _ request: ReferralTable.Requested, now: Timestamp,
        in transaction: Transaction
    ) throws {
        let body = request.event.body
        let actor = Actor(role: ActorRole(rawValue: incoming.caller.role.rawValue))
        let event = Event(
            request.common(at: now, by: actor, revision: row.revision),
            ReferralAnswered(
                referral: body.referral, answer: row.answer.code, reason: row.answer.reason,
                proposedTimes: row.answer.proposedTimes, channel: .inbox, by: body.recipient))
        try outbox.say(
            try Saying(event, child: request.child),
            because: Cause(trigger: .write(incoming.write), time: now, traceparent: incoming.traceparent), now: now,
            in: transaction)
    }

    private static func standing(_ row: AnswerTable.Recorded, of referral: ReferralID) -> Standing {
        Standing(
            referral: referral.text, revision: row.revision, answer: row.answer.code.rawValue,
            reason: row.answer.reason, proposedTimes: row.answer.proposedTimes, answeredAt: row.answeredAt)
    }
}
