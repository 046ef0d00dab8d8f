internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Writes how an attempt ended: the delivery's next state, the event that tells of it, and what follows for the
/// referral.
struct AttemptOutcome: Sendable {
    let schedule: RetrySchedule
    let outbox: Outbox
    let endpoints: [String: Endpoint]
    /// A number in 0..<1.
    let jitter: @Sendable () -> Double

    /// - Returns: the delivery's state from now on; nil when it was erased meanwhile.
    @discardableResult
    func record(
        _ result: AttemptResult, of attempt: Attempt, by channel: ChannelKind = .webhook, now: Timestamp,
        in transaction: Transaction
    ) throws -> PlannedDelivery.State? {
        guard let request = try ReferralTable.find(attempt.referral, in: transaction) else { return nil }
        try transaction.execute(
            "UPDATE attempt SET ended_at = ?, result = ? WHERE seq = ?", .time(now), .text(result.name),
            .integer(attempt.row))
        let state = try settle(result, of: attempt, now: now, in: transaction)
        let told = Told(attempt: attempt, request: request, channel: channel, now: now)
        switch (state, attempt.notice) {
        // That a recall got through is no news: the referral was over already.
        case (.delivered, .requested): try say(told.delivered(), told, in: transaction)
        case (.exhausted, _):
            if case .failed(let failure) = result {
                try say(told.exhausted(failure.errorClass), told, in: transaction)
            }
        default: break
        }
        guard let dossier = try DeliveryTable.dossier(of: attempt.referral, in: transaction) else { return nil }
        try DeliveryTable.apply(
            dossier.whatFollows(), to: dossier.request, child: request.child, in: transaction)
        return state
    }

    /// Attempts that the process before this one left under way: they may have arrived, and are made again at once.
    func recover(now: Timestamp, in transaction: Transaction) throws -> Int {
        let cutOff = try transaction.all(
            "SELECT DISTINCT referral FROM delivery WHERE started_at IS NOT NULL"
        ) { ReferralID(try $0.uuid(0)) }
        try transaction.execute(
            "UPDATE attempt SET ended_at = ?, result = ? WHERE ended_at IS NULL", .time(now),
            .text(AttemptResult.interrupted.name))
        try transaction.execute(
            "UPDATE delivery SET started_at = NULL, may_have_arrived = 1 WHERE started_at IS NOT NULL")
        // The settings may have changed: whatever was held is looked at again.
        try transaction.execute("UPDATE delivery SET held_by = NULL WHERE held_by IS NOT NULL")
        for referral in cutOff {
            guard let dossier = try DeliveryTable.dossier(of: referral, in: transaction),
                let request = try ReferralTable.find(referral, in: transaction)
            else { continue }
            try DeliveryTable.apply(
                dossier.whatFollows(), to: dossier.request, child: request.child, in: transaction)
        }
        return cutOff.count
    }

    private func settle(
        _ result: AttemptResult, of attempt: Attempt, now: Timestamp, in transaction: Transaction
    ) throws -> PlannedDelivery.State {
        var state = PlannedDelivery.State.waiting
        var due = attempt.due
        var heldBy: AttemptCheck.HoldReason?
        var mayHaveArrived = false
        switch result {
        case .taken:
            state = .delivered
            mayHaveArrived = true
        case .gone:
            heldBy = .endpointGone
            if let endpoint = endpoints[attempt.recipient] {
                try RecipientTable.setGone(attempt.recipient, url: endpoint.url, since: now, in: transaction)
            }
        case .failed(let failure):
            mayHaveArrived = failure.mayHaveArrived
            let next = schedule.next(
                afterAttempts: attempt.number, at: now, retryAfter: failure.retryAfter, jitter: jitter())
            if let next { due = next } else { state = .exhausted }
        case .interrupted: return state
        }
        try transaction.execute(
            """
            UPDATE delivery SET state = ?, due = ?, held_by = ?, attempts = ?, started_at = NULL,
                may_have_arrived = max(may_have_arrived, ?)
            WHERE delivery = ?
            """,
            .text(state.rawValue), .time(due), .maybe(heldBy?.rawValue), .int(attempt.number), .bool(mayHaveArrived),
            .uuid(attempt.delivery.uuid))
        return state
    }

    private func say(_ saying: Saying, _ told: Told, in transaction: Transaction) throws {
        let due = told.attempt.due
        let cause = Cause(
            trigger: .timer(name: "delivery/\(told.attempt.delivery.text)", due: due), time: due,
            traceparent: told.request.traceparent)
        try outbox.say(saying, because: cause, now: told.now, in: transaction)
    }
}

/// An attempt's end as events tell it.
private struct Told {
    let attempt: Attempt
    let request: ReferralTable.Requested
    let channel: ChannelKind
    let now: Timestamp

    func delivered() throws -> Saying {
        let latency = (now - request.requestedAt).components.seconds
        return try Saying(
            Event(
                common,
                NotificationDelivered(
                    delivery: attempt.delivery, referral: attempt.referral, channel: channel, attempt: attempt.number,
                    latencySeconds: max(0, Int(latency)))),
            child: request.child)
    }

    func exhausted(_ errorClass: DeliveryErrorClass) throws -> Saying {
        try Saying(
            Event(
                common,
                NotificationExhausted(
                    delivery: attempt.delivery, referral: attempt.referral, channel: channel,
                    attempts: attempt.number, errorClass: errorClass)),
            child: request.child)
    }

    private var common: CommonMembers { request.common(at: now, by: Actor(role: .system)) }
}

extension ReferralTable.Requested {
    /// The common members of what the notifier says about the referral.
    func common(at time: Timestamp, by actor: Actor, revision: Int = 1) -> CommonMembers {
        let common = event.common
        return CommonMembers(
            occurredAt: time, region: common.region, unit: common.unit,
            residenceMunicipality: common.residenceMunicipality, actor: actor, revision: revision,
            restricted: common.restricted, synthetic: common.synthetic, registryVersion: common.registryVersion)
    }
}
