internal import Delivery
internal import Events
internal import Foundation
internal import Instruments

/// What follows from a form or from its retraction: pure.
struct FormDecision {
    typealias Change = ScoreForms.Change

    /// Tells the id of what is said because of the record.
    private let name: (Saying) -> (saying: Saying, id: UUID)

    private let record: UUID

    /// - Parameter record: the record's own id.
    init(of record: UUID, _ name: @escaping (Saying) -> (saying: Saying, id: UUID)) {
        self.record = record
        self.name = name
    }

    /// Adds to what is said.
    /// - Returns: the event's id.
    private func say(_ saying: Saying, in says: inout [Saying]) -> EventID {
        let (named, id) = name(saying)
        says.append(named)
        return EventID(id)
    }

    /// Scores a form under the version that it was given under and, if another one decides its outcome in the end, at
    /// once under that too, as the next revision: so a form that comes after a re-run fares as one that came before it,
    /// also in what led to the revision, which is the other version's claim.
    func decide(
        _ form: Event<AnswersSubmitted>, bytes: [UInt8], of child: ChildID, knowing known: KnownOfForm
    ) throws -> Decision<Change> {
        guard let instrument = known.instrument, let ruling = known.ruling else {
            // A published version never changes: what isn't here under the version's own hash never will be.
            if known.isOtherContent { return .refuse(reason: "instrument-hash-differs") }
            return .tooEarly(awaiting: .instrument(form.body.instrument))
        }
        // A later retraction or amendment came before it.
        guard form.common.revision > known.standing.formRevision else { return .done() }
        if case .scored(let owner, _, _, _, _) = known.standing, owner != child {
            return .tooEarly(awaiting: .retraction(form.body.screening))
        }
        var scored: ScoredForm
        var says: [Saying] = []
        do {
            scored = try ScoredForm(
                form, bytes: bytes, child: child, by: instrument, since: known.here.before,
                outcomeRevision: known.standing.outcomeRevision + 1, lastEvent: known.standing.lastEvent)
            let cause: ScoringCause = form.common.revision > 1 ? .amended : .answered
            try scored.say(because: cause) { say($0, in: &says) }
            if ruling.reference != instrument.reference {
                scored = try scored.rescored(by: ruling, since: known.here.before)
                try scored.say(because: .reRun) { saying in
                    say(known.rulingCause.map(saying.following(from:)) ?? saying, in: &says)
                }
            }
        } catch let refusal as AnswerRefusal {
            return .refuse(reason: refusal.reason.rawValue)
        }
        var changes = [Change.score(scored)]
        if case .retracted = known.standing { changes.append(.forgetRetraction(form.body.screening)) }
        let after = known.here.after
        if let after { try sayAgain(after, since: scored.asEarlier(under: ruling), &changes, &says) }
        // Where the form stood before, unless the same one comes after it still.
        if let left = known.left, let leftAfter = left.after, leftAfter.form.place != after?.form.place {
            try sayAgain(leftAfter, since: left.before, &changes, &says)
        }
        return .done(changes: changes, says: says)
    }

    /// Says a later form's outcome as its next revision if it changes by what now stands before it.
    private func sayAgain(
        _ later: Course.Later, since before: Course.Earlier?, _ changes: inout [Change], _ says: inout [Saying]
    ) throws {
        guard let successor = later.form.compared(with: before, under: later.ruledBy) else { return }
        let event = say(try successor.saying(because: .course), in: &says)
        changes.append(.score(successor.said(as: event)))
    }

    /// Takes a form back. One that has not come is remembered as taken back; one that was taken back already stays so,
    /// and nothing is said again.
    func decide(
        _ retraction: Event<AnswersRetracted>, of child: ChildID, _ standing: Standing, _ neighbours: Course.Neighbours
    ) throws -> Decision<Change> {
        let screening = retraction.body.screening
        let revision = retraction.common.revision
        guard revision > standing.formRevision else { return .done() }
        func retracted(
            from owner: ChildID, outcomeRevision: Int, _ reason: RetractionReason, _ common: CommonMembers
        ) -> RetractedForm {
            RetractedForm(
                screening: screening, child: owner, formRevision: revision, outcomeRevision: outcomeRevision,
                reason: reason, common: common, record: record, lastEvent: standing.lastEvent)
        }
        switch standing {
        case .blank(let counted, _):
            // Nobody holds an outcome of it; or somebody may, where an earlier store's word is gone.
            let isSaid = counted > 0
            let form = retracted(
                from: child, outcomeRevision: isSaid ? counted + 1 : 0, retraction.body.reason, retraction.common)
            var says: [Saying] = []
            let event = isSaid ? say(try form.saying(), in: &says) : nil
            return .done(
                changes: [.retract(event.map(form.said) ?? form)], says: says, releases: [.retraction(screening)])
        case .retracted(let before, _):
            let form = retracted(
                from: before.child, outcomeRevision: before.outcomeRevision, before.reason, before.common)
            return .done(changes: [.retract(form)], releases: [.retraction(screening)])
        case .scored(let owner, _, _, let outcomeRevision, _):
            guard owner == child else { return .refuse(reason: "screening-of-another-child") }
            let form = retracted(
                from: child, outcomeRevision: outcomeRevision + 1, retraction.body.reason, retraction.common)
            var says: [Saying] = []
            var changes = [Change.retract(form.said(as: say(try form.saying(), in: &says)))]
            if let after = neighbours.after { try sayAgain(after, since: neighbours.before, &changes, &says) }
            return .done(changes: changes, says: says, releases: [.retraction(screening)])
        }
    }
}
