internal import Delivery
internal import Events
internal import Store

/// Reporting's use case: what a record states is kept under its subject.
///
/// Nothing is looked up and nothing decided by what was known before, so that records of different topics may come in
/// any order: each kind of fact has columns of its own, and Delivery lets only a later revision of the same fact
/// through.
struct KeepFacts: RecordHandler {
    func decode(_ event: ReceivedEvent) throws -> StatedFact? {
        try FactReading.fact(in: event)
    }

    func read(for input: StatedFact, of event: ReceivedEvent, from store: ReadScope) throws {}

    func decide(_ input: StatedFact, of event: ReceivedEvent, knowing known: Void) throws -> Decision<StatedFact> {
        if event.topic.isAboutChildren, input.child == nil { return .refuse(reason: "key-is-no-child") }
        return .done(changes: [input])
    }

    func apply(_ change: StatedFact, of event: ReceivedEvent, in transaction: Transaction) throws {
        if let child = change.child {
            try ChildFactTables.write(change.fact, of: child, in: transaction)
            if change.isProtected { try ChildFactTables.protect(child, in: transaction) }
        } else {
            try ReferenceTables.write(change.fact, in: transaction)
        }
        try FreshnessTable.note(
            event.topic, event.envelope.time, isSynthetic: change.isSynthetic, in: transaction)
    }
}

extension Topic {
    /// Whether the topic's records are keyed by child.
    fileprivate var isAboutChildren: Bool { Catalogue.contract(for: self).keyKind == .child }
}
