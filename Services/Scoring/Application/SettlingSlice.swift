internal import Delivery
internal import Events
internal import Runtime
internal import Store

/// One slice of settling: what is due, found by reading, and what is done about it in one transaction.
struct SettlingSlice: Sendable {
    /// How far settling has come in its pass.
    struct Place: Sendable, Equatable {
        var unheard = UnheardTable.Place()
        var settled: ScreeningID?
    }

    /// What there is to do.
    enum Work: Sendable {
        /// From now on what comes is counted above everything that an earlier store can have said.
        case raiseFloor
        /// Nothing tells what others hold of some outcomes: all that stand below the floor are said above it.
        case sayUnheard
        case settle([SaidBefore], next: Place?)
    }

    /// What it came to.
    struct Result: Sendable, Equatable {
        var settled = 0
        var saidAgain = 0
        /// Screenings at which something failed; they stay as they were.
        var skipped = 0
        /// Where the next slice begins; nil at the end of the pass.
        var next: Place?
    }

    let outbox: Outbox
    let countMax: Int
    let now: Timestamp

    /// - Returns: nil when there is nothing to do, or not yet: during a re-run outcomes aren't what they will be.
    func work(at place: Place, in store: ReadScope) throws -> Work? {
        guard try ReRunTable.open(in: store) == nil else { return nil }
        // The floor first: what comes while the outcomes are gone through lies above it already.
        if try RevisionFloor.isDue(in: store) { return .raiseFloor }
        if try TakenBackTable.hasLostBeginning(of: .outcomes, in: store) { return .sayUnheard }
        let all = try SaidBeforeTable.next(after: place.settled, countMax: countMax, in: store)
        if all.isEmpty { return nil }
        let next = all.count == countMax ? Place(unheard: place.unheard, settled: all.last?.screening) : nil
        return .settle(try all.filter { try mayHaveComeBack($0, in: store) }, next: next)
    }

    func perform(_ work: Work, at place: Place, in transaction: Transaction) throws -> Result {
        var result = Result(next: place)
        // Since it was looked, a version may have come that scores forms again.
        guard try ReRunTable.open(in: transaction) == nil else { return result }
        switch work {
        case .raiseFloor: try RevisionFloor.raise(now: now, in: transaction)
        case .sayUnheard:
            let floor = try RevisionFloor.current(in: transaction)
            let (screenings, next) = try UnheardTable.next(
                from: place.unheard, below: floor, countMax: countMax, in: transaction)
            for screening in screenings {
                try apart(&result, in: transaction) { try sayAgain(screening, as: floor + 1, &$0, in: transaction) }
            }
            result.next?.unheard = next
            // Said once: the epoch may be raised again for another reason.
            if next.isOver { try TakenBackTable.forgetLostBeginning(of: .outcomes, in: transaction) }
        case .settle(let due, let next):
            for said in due {
                try apart(&result, in: transaction) { try settle(said, &$0, in: transaction) }
            }
            result.next = next
        }
        return result
    }

    /// One screening's failure undoes what was written of it, and nothing else; a failing store ends the slice.
    private func apart(
        _ result: inout Result, in transaction: Transaction, _ body: (inout Result) throws -> Void
    ) throws {
        do {
            result = try transaction.savepoint {
                var part = result
                try body(&part)
                return part
            }
        } catch let failure as StoreFailure where failure.decision != .refuse {
            throw failure
        } catch {
            result.skipped += 1
        }
    }

    /// A screening at which looking fails counts as one that may have: then it is counted as skipped.
    private func mayHaveComeBack(_ said: SaidBefore, in store: ReadScope) throws -> Bool {
        do {
            return try ComingBack.isComplete(said, in: store)
        } catch let failure as StoreFailure where failure.decision != .refuse {
            throw failure
        } catch {
            return true
        }
    }

    /// Says what stands of a screening above everything that others can hold.
    private func sayAgain(
        _ screening: ScreeningID, as revision: Int, _ result: inout Result, in transaction: Transaction
    ) throws {
        if let form = try ScoredTable.find(screening, in: transaction)?.revised(revision) {
            let due = form.form.common.occurredAt
            let cause = Cause(
                trigger: .timer(name: "rebuilt/\(try StoreEpoch.read(in: transaction))", due: due), time: due,
                traceparent: nil)
            let event = try outbox.say(
                try form.saying(because: .restored), because: cause, now: now, in: transaction)
            try ScoredTable.write(form.said(as: EventID(event)), in: transaction)
        } else if let form = try RetractedTable.find(screening, in: transaction)?.revised(revision) {
            let event = try outbox.say(try form.saying(), because: form.cause, now: now, in: transaction)
            try RetractedTable.write(form.said(as: EventID(event)), in: transaction)
        }
        result.saidAgain += 1
    }

    private func settle(_ said: SaidBefore, _ result: inout Result, in transaction: Transaction) throws {
        guard try ComingBack.isComplete(said, in: transaction) else { return }
        if let (saying, cause) = try agree(with: said, in: transaction) {
            try outbox.say(saying, because: cause, now: now, in: transaction)
            result.saidAgain += 1
        }
        try SaidBeforeTable.remove(said.screening, in: transaction)
        result.settled += 1
    }

    /// Moves the store's revision where it has to be.
    /// - Returns: what is to be said and why; nil when others hold what stands.
    private func agree(with said: SaidBefore, in transaction: Transaction) throws -> (Saying, Cause)? {
        if let form = try ScoredTable.find(said.screening, in: transaction) {
            let digest = OutcomeContent.digest(ofCanonical: try form.content.canonical())
            let verdict = said.verdict(standingRevision: form.outcomeRevision, standingDigest: digest)
            guard let revision = verdict.revision else { return nil }
            let revised = form.revised(revision).said(as: EventID(said.event))
            let saying = verdict.isSaid ? (try revised.saying(because: .restored), said.cause) : nil
            try ScoredTable.write(revised.said(as: event(of: saying, after: said)), in: transaction)
            return saying
        }
        guard let form = try RetractedTable.find(said.screening, in: transaction) else { return nil }
        let verdict = said.verdict(standingRevision: form.outcomeRevision, standingDigest: nil)
        guard let revision = verdict.revision else { return nil }
        let revised = form.revised(revision).said(as: EventID(said.event))
        let saying = verdict.isSaid ? (try revised.saying(), form.cause) : nil
        try RetractedTable.write(revised.said(as: event(of: saying, after: said)), in: transaction)
        return saying
    }

    /// The event that stands last: what is to be said, else what had been.
    private func event(of saying: (Saying, Cause)?, after said: SaidBefore) -> EventID {
        EventID(saying.map { outbox.id(of: $0.0, because: $0.1) } ?? said.event)
    }
}
