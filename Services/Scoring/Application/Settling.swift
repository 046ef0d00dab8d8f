internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store
internal import Telemetry

/// After a store was lost or rolled back: brings what it comes to again into agreement with what it had said before.
///
/// Waits until everything that was in the logs has been applied and scored again, then goes through what was taken
/// back, a slice in one transaction. A screening of which nothing has come back stays: its form may lie beyond the
/// topic's retention and come from intake's journal.
struct Settling: RunningPart {
    let name = "settling"
    let store: Store
    let outbox: Outbox
    /// Whether the worker has applied what was in its logs when it began.
    let hasCaughtUp: @Sendable () -> Bool
    let time: TimeSource
    let logger: Logger
    /// Screenings of one transaction.
    var countMax = 100
    /// Between two looks whether there is something to do…
    var idle = Duration.seconds(2)
    /// …and after one that found nothing to settle among what is left.
    var patience = Duration.seconds(60)

    /// What a slice came to.
    struct Slice: Sendable, Equatable {
        var settled = 0
        var saidAgain = 0
        /// After which the next slice begins; nil at the end.
        var cursor: ScreeningID?
    }

    func run(until stop: StopSignal) async throws {
        var cursor: ScreeningID?
        var settledInPass = 0
        while !stop.isStopping {
            var pause = idle
            do {
                let begun = ContinuousClock.now
                if hasCaughtUp(), let slice = try await turn(after: cursor) {
                    cursor = slice.cursor
                    settledInPass += slice.settled
                    if slice.settled > 0 {
                        logger.info(
                            "agreed with what had been said before", Field("screenings", shown: slice.settled),
                            Field("said-again", shown: slice.saidAgain))
                    }
                    if slice.cursor != nil {
                        // As long as it worked: half of the writer's time is left to forms that come in.
                        pause = max(ContinuousClock.now - begun, .milliseconds(10))
                    } else {
                        pause = settledInPass == 0 ? patience : idle
                        settledInPass = 0
                    }
                }
            } catch let failure as StoreFailure where failure.decision == .retry {
                logger.warning("agreeing with what was said waits for the store", Field("hint", shown: failure.hint))
            }
            _ = await stop.sleep(for: pause)
        }
    }

    /// Settles the next screenings. What hasn't come back, or waits in a parked record, stays.
    /// - Returns: nil when there is nothing to settle, or not yet.
    func turn(after cursor: ScreeningID?) async throws -> Slice? {
        let (countMax, now) = (self.countMax, time.now())
        let look = try await store.read { scope -> (all: [SaidBefore], due: [SaidBefore], isFloorDue: Bool)? in
            guard try ReRunTable.open(in: scope) == nil else { return nil }
            let all = try SaidBeforeTable.next(after: cursor, countMax: countMax, in: scope)
            return (all, try all.filter { try hasComeBack($0, in: scope) }, try RevisionFloor.isDue(in: scope))
        }
        guard let look, !look.all.isEmpty || look.isFloorDue else { return nil }
        var slice = Slice()
        if !look.due.isEmpty || look.isFloorDue {
            slice = try await store.write { transaction in
                var slice = Slice()
                for said in look.due { try settle(said, &slice, now: now, in: transaction) }
                try RevisionFloor.raise(in: transaction)
                return slice
            }
        }
        if look.all.count == countMax { slice.cursor = look.all.last?.screening }
        return slice
    }

    /// A parked record may be the one that makes the store agree.
    private func hasComeBack(_ said: SaidBefore, in store: ReadScope) throws -> Bool {
        if try WaitingRecords.exist(of: said.child, on: [.answers], in: store) { return false }
        if case .blank = try ScoredTable.standing(of: said.screening, in: store) { return false }
        return true
    }

    private func settle(
        _ said: SaidBefore, _ slice: inout Slice, now: Timestamp, in transaction: Transaction
    ) throws {
        guard try hasComeBack(said, in: transaction) else { return }
        switch try agree(with: said, in: transaction) {
        case .nothingCame: return
        case .agrees: break
        case .say(let saying):
            try outbox.say(saying, because: said.cause, now: now, in: transaction)
            slice.saidAgain += 1
        }
        try SaidBeforeTable.remove(said.screening, in: transaction)
        slice.settled += 1
    }

    private enum Agreement {
        case nothingCame
        case agrees
        case say(Saying)
    }

    /// Moves the store's revision where it has to be.
    private func agree(with said: SaidBefore, in transaction: Transaction) throws -> Agreement {
        if let form = try ScoredTable.find(said.screening, in: transaction) {
            let digest = OutcomeContent.digest(ofCanonical: try form.content.canonical())
            switch said.verdict(standingRevision: form.outcomeRevision, standingDigest: digest) {
            case .nothing: return .agrees
            case .adopt(let revision):
                try ScoredTable.write(form.revised(revision), in: transaction)
                return .agrees
            case .say(let revision):
                let form = form.revised(revision)
                try ScoredTable.write(form, in: transaction)
                return .say(try form.saying(because: .reRun))
            }
        }
        guard let form = try RetractedTable.find(said.screening, in: transaction),
            let members = try SaidBeforeTable.members(of: said.event, in: transaction)
        else { return .nothingCame }
        switch said.verdict(standingRevision: form.outcomeRevision, standingDigest: nil) {
        case .nothing: return .agrees
        case .adopt(let revision):
            try RetractedTable.write(form.revised(revision), in: transaction)
            return .agrees
        case .say(let revision):
            let form = form.revised(revision)
            try RetractedTable.write(form, in: transaction)
            return .say(try form.saying(under: members))
        }
    }
}
