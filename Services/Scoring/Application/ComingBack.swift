internal import Delivery
internal import Events
internal import Store

/// Whether everything has come back from which the last thing said of a screening followed. Something of it isn't
/// enough: while intake publishes its journal again a form's first revision may be here and its second not yet.
enum ComingBack {
    static func isComplete(_ said: SaidBefore, in store: ReadScope) throws -> Bool {
        let form = try ScoredTable.find(said.screening, in: store)
        let retracted = try form == nil ? RetractedTable.find(said.screening, in: store) : nil
        guard let outcomeRevision = form?.outcomeRevision ?? retracted?.outcomeRevision,
            let formRevision = form?.form.common.revision ?? retracted?.formRevision
        else { return false }
        // More has been said since, and others hold that.
        if outcomeRevision > said.revision { return true }
        guard formRevision >= said.formRevision else { return false }
        if let record = said.causation, try !AppliedRecords.contains(record, in: store) { return false }
        guard let form else {
            return try said.digest == nil || !isWaiting(said, in: store)
        }
        if said.digest == OutcomeContent.digest(ofCanonical: try form.content.canonical()) { return true }
        if try isWaiting(said, in: store) { return false }
        // What it is compared with may not be what it was. A form may never come back: whatever stands and stood by
        // itself doesn't wait for it.
        let standsCompared = form.content.factors.contains { $0.change != .first }
        if said.mayBeCompared || standsCompared, try SaidBeforeTable.hasSiblingUnderWay(said, in: store) {
            return false
        }
        return try !(said.isCompared && isWithoutPredecessor(form, in: store))
    }

    /// A parked record may be the one that makes the store agree.
    private static func isWaiting(_ said: SaidBefore, in store: ReadScope) throws -> Bool {
        try WaitingRecords.exist(of: said.child, on: [.answers], in: store)
    }

    /// Others were told how it had changed since an earlier form; here there is no such form, and none has left.
    private static func isWithoutPredecessor(_ form: ScoredForm, in store: ReadScope) throws -> Bool {
        guard form.content.factors.allSatisfy({ $0.change == .first }) else { return false }
        return try !SaidBeforeTable.hasLostPredecessor(form, in: store)
    }
}
