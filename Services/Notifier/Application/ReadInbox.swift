internal import Delivery
internal import Events
internal import Foundation
internal import HTTPServer
internal import Runtime
internal import Store

/// Gives a municipality what was released to it, in the order of its release, a page at a time.
///
/// The same consent rule as for an attempt: what was withdrawn since isn't shown, its recall is. A family of whose
/// consents a record is parked may have withdrawn: its notice goes to the end of the feed, where it is shown once the
/// record has been dealt with, and keeps nobody else waiting.
struct ReadInbox: Sendable {
    /// A page of the feed.
    struct Page: Sendable, Equatable, Codable {
        let entries: [Entry]
        /// Where the next page begins; the same cursor again when nothing new has come.
        let next: String
        let more: Bool
    }

    /// One notice.
    struct Entry: Sendable, Equatable, Codable {
        /// The webhook's id: a notice that came both ways is one.
        let id: String
        let type: String
        let timestamp: Timestamp
        let data: NoticeBody.Details
        /// Sealed by the health centre to the recipient's certificate, for it alone to open.
        let sealed: SealedEnvelope?
    }

    static let entriesMax = 100

    /// - Parameter cursor: the `next` of an earlier page; 0 begins.
    func read(after cursor: Int64, for caller: Caller, now: Timestamp, in transaction: Transaction) throws -> Page {
        let today = try SwedishDay.at(now)
        let mine = try RecipientTable.all(in: transaction).filter {
            MunicipalRights.mayActFor($0.kind, in: $0.municipality, caller)
        }
        let found = try mine.flatMap {
            try InboxTable.released(to: $0.recipient, after: cursor, countMax: Self.entriesMax + 1, in: transaction)
        }.sorted { $0.seq < $1.seq }
        let page = found.prefix(Self.entriesMax)
        let waiting = try page.filter { try isWaiting($0, in: transaction) }
        for released in waiting { try InboxTable.postpone(released, in: transaction) }
        let entries = try page.filter { released in !waiting.contains { $0.seq == released.seq } }.compactMap {
            try entry(for: $0, today: today, caller: caller, now: now, in: transaction)
        }
        // What was postponed comes again behind the cursor: a page of nothing else is an end, or it would never come.
        if waiting.count == page.count { return Page(entries: [], next: String(cursor), more: false) }
        return Page(entries: entries, next: String(page.last?.seq ?? cursor), more: found.count > page.count)
    }

    /// Whether a record about the family's consents is parked, so that nobody knows whether it is still wanted.
    private func isWaiting(_ released: InboxTable.Released, in store: ReadScope) throws -> Bool {
        guard released.notice == .requested, let request = try ReferralTable.find(released.referral, in: store) else {
            return false
        }
        return try WaitingRecords.exist(of: request.child, on: NotifierSettings.watchedTopics, in: store)
    }

    private func entry(
        for released: InboxTable.Released, today: CalendarDay, caller: Caller, now: Timestamp,
        in transaction: Transaction
    ) throws -> Entry? {
        guard let dossier = try DeliveryTable.dossier(of: released.referral, in: transaction),
            let request = try ReferralTable.find(released.referral, in: transaction)
        else { return nil }
        if released.notice == .requested {
            let objection = AttemptCheck.objection(
                to: dossier.consent, recipient: dossier.request.recipient, today: today)
            guard dossier.takenBackAt == nil, objection == nil else { return nil }
        }
        try InboxTable.setSeen(released.delivery, in: transaction)
        try AuditTrail.append(
            AuditEntry(
                at: now, caller: caller.name, role: caller.role.rawValue, action: "inbox.read",
                child: request.child.uuid, subject: "referral/\(released.referral.text)"), in: transaction)
        let body = try body(of: released, dossier, request.event, in: transaction)
        return Entry(
            id: released.delivery.text, type: body.type, timestamp: body.timestamp, data: body.data,
            sealed: released.notice == .requested ? request.event.body.sealed : nil)
    }

    private func body(
        of released: InboxTable.Released, _ dossier: Dossier, _ request: Event<ReferralRequested>,
        in store: ReadScope
    ) throws -> NoticeBody {
        if let body = released.body { return try JSONDecoder().decode(NoticeBody.self, from: Data(body)) }
        let phone = try request.common.unit.flatMap { try RecipientTable.phone(ofUnit: $0, in: store) }
        return NoticeBody(
            released.notice, of: dossier, referenceNumber: request.body.referenceNumber, unitPhone: phone ?? "")
    }
}
