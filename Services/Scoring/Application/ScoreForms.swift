internal import Delivery
internal import Events
internal import Instruments
internal import Store

/// Scoring's use case: an instrument that arrives is kept, a form that arrives is scored, a retraction takes it back.
///
/// A form whose instrument has not arrived waits. A form that comes, moves or goes in its respondent's course changes
/// what a later one is compared with: that one's outcome is then said again as its next revision. The outcomes that
/// stand in the end depend on the forms, retractions and instruments alone, not on the order in which they came.
struct ScoreForms: RecordHandler {
    enum Input: Sendable {
        case instrument(Event<InstrumentPublished>, bytes: [UInt8])
        case form(Event<AnswersSubmitted>, bytes: [UInt8])
        case retraction(Event<AnswersRetracted>)
    }

    /// What the store knew.
    enum Known: Sendable {
        /// The hash under which the version was published before, and which forms it scored again, if it was.
        case published(sha256: String?, claim: Rescorings.Claim?)
        case form(KnownOfForm)
        case retraction(Standing, Course.Neighbours)
    }

    enum Change: Sendable {
        case keep(InstrumentPublished, bytes: [UInt8])
        case rescore(InstrumentReference, Rescoring)
        case score(ScoredForm)
        case retract(RetractedForm)
        case forgetRetraction(ScreeningID)
    }

    /// Outcomes depend on which facts came, not on their order.
    static let letsOlderRecordsGoOn = true

    let instruments = InstrumentTable()
    /// Tells the ids of what is said, for what takes its place.
    let outbox: Outbox

    func decode(_ event: ReceivedEvent) throws -> Input? {
        switch event.envelope.eventType {
        case .instrumentPublished: .instrument(try event.decoded(), bytes: event.value)
        case .answersSubmitted: .form(try event.decoded(), bytes: event.value)
        case .answersRetracted: .retraction(try event.decoded())
        default: nil
        }
    }

    func read(for input: Input, of event: ReceivedEvent, from store: ReadScope) throws -> Known {
        switch input {
        case .instrument(let published, _):
            let instrument = published.body.instrument
            return .published(
                sha256: try instruments.hash(of: instrument, in: store),
                claim: try ReRunTable.claim(of: instrument, in: store))
        case .form(let form, _): return .form(try KnownOfForm(form, instruments, in: store))
        case .retraction(let retraction):
            let standing = try ScoredTable.standing(
                of: retraction.body.screening, for: retraction.common, in: store)
            guard case .scored(_, let place, _, _, _) = standing else { return .retraction(standing, .init()) }
            return .retraction(standing, try ScoredTable.neighbours(of: place, instruments, in: store))
        }
    }

    func decide(_ input: Input, of event: ReceivedEvent, knowing known: Known) throws -> Decision<Change> {
        switch (input, known) {
        case (.instrument(let published, let bytes), .published(let sha256, let claim)):
            return try keep(published.body, bytes: bytes, publishedAs: sha256, claim)
        case (.form(let form, let bytes), .form(let known)):
            guard let child = event.child else { return .refuse(reason: "key-is-no-child") }
            return try decision(on: event).decide(form, bytes: bytes, of: child, knowing: known)
        case (.retraction(let retraction), .retraction(let standing, let neighbours)):
            guard let child = event.child else { return .refuse(reason: "key-is-no-child") }
            return try decision(on: event).decide(retraction, of: child, standing, neighbours)
        default: return .refuse(reason: "handler-failed")
        }
    }

    private func decision(on event: ReceivedEvent) -> FormDecision {
        let cause = Cause(event.envelope)
        return FormDecision(of: event.envelope.id) { outbox.named($0, because: cause) }
    }

    func apply(_ change: Change, of event: ReceivedEvent, in transaction: Transaction) throws {
        switch change {
        case .keep(let published, let bytes): try instruments.keep(published, bytes: bytes, in: transaction)
        case .rescore(let instrument, let rescoring):
            try ReRunTable.begin(instrument, rescoring, in: transaction)
        case .score(let scored): try ScoredTable.write(scored, in: transaction)
        case .retract(let form):
            try ScoredTable.remove(form.screening, in: transaction)
            try RetractedTable.write(form, in: transaction)
        case .forgetRetraction(let screening): try RetractedTable.remove(screening, in: transaction)
        }
    }

    /// A published version never changes: the same version with another hash is refused, as is one that breaks a rule
    /// of the definition language, or that scores other forms again than it did (that it scores any may be said later).
    /// All alarm: the record is parked, counted, and told on the dead-letter topic.
    private func keep(
        _ published: InstrumentPublished, bytes: [UInt8], publishedAs sha256: String?, _ claim: Rescorings.Claim?
    ) throws -> Decision<Change> {
        let instrument = published.instrument
        guard try published.hashMatches() else { return .refuse(reason: "instrument-hash-differs") }
        if let sha256, sha256 != instrument.sha256 { return .refuse(reason: "instrument-version-changed") }
        do throws(InstrumentFaults) {
            _ = try CheckedInstrument(published)
        } catch {
            let first = error.all.first.map { "-\($0.rule.rawValue)" } ?? ""
            return .refuse(reason: "instrument-faulty\(first)")
        }
        var changes = [Change.keep(published, bytes: bytes)]
        let rescoring = published.rescores.map {
            Rescorings.Claim(version: instrument.version, oldVersion: $0.version, from: $0.from)
        }
        if let claim, claim != rescoring { return .refuse(reason: "instrument-rescoring-changed") }
        if claim == nil, let rescores = published.rescores { changes.append(.rescore(instrument, rescores)) }
        return .done(changes: changes, releases: [.instrument(instrument)])
    }
}

extension AwaitedSubject {
    /// A version of an instrument, whatever its content: a form given under another one than arrives is then refused
    /// and waits no more.
    static func instrument(_ reference: InstrumentReference) -> AwaitedSubject {
        AwaitedSubject("instrument/\(reference.name)")
    }

    /// The retraction of a form that comes again for another child.
    static func retraction(_ screening: ScreeningID) -> AwaitedSubject { AwaitedSubject("retraction/\(screening)") }
}
