internal import Delivery
internal import Events
internal import Instruments
internal import Store

/// Scoring's use case: an instrument that arrives is kept, a form that arrives is scored.
///
/// A form whose instrument has not arrived waits. A form between two others of the same respondent changes what the
/// later one is compared with: that one's outcome is then said again as its next revision.
struct ScoreForms: RecordHandler {
    enum Input: Sendable {
        case instrument(Event<InstrumentPublished>, bytes: [UInt8])
        case form(Event<AnswersSubmitted>, bytes: [UInt8])
    }

    /// What the store knew.
    enum Known: Sendable {
        /// The hash under which the version was published before, if it was.
        case publishedAs(sha256: String?)
        case form(instrument: Instrument?, own: ScoredForm?, before: Course.Earlier?, after: ScoredForm?)
    }

    enum Change: Sendable {
        case keep(InstrumentPublished, bytes: [UInt8])
        case score(ScoredForm)
    }

    let instruments = InstrumentTable()

    func decode(_ event: ReceivedEvent) throws -> Input? {
        switch event.envelope.eventType {
        case .instrumentPublished: .instrument(try event.decoded(), bytes: event.value)
        case .answersSubmitted: .form(try event.decoded(), bytes: event.value)
        default: nil
        }
    }

    func read(for input: Input, of event: ReceivedEvent, from store: ReadScope) throws -> Known {
        switch input {
        case .instrument(let published, _):
            return .publishedAs(sha256: try instruments.hash(of: published.body.instrument, in: store))
        case .form(let form, _):
            let body = form.body
            return .form(
                instrument: try instruments.find(body.instrument, in: store),
                own: try ScoredTable.find(body.screening, in: store),
                before: try ScoredTable.before(body, in: store), after: try ScoredTable.after(body, in: store))
        }
    }

    func decide(_ input: Input, of event: ReceivedEvent, knowing known: Known) throws -> Decision<Change> {
        switch (input, known) {
        case (.instrument(let published, let bytes), .publishedAs(let sha256)):
            return try keep(published.body, bytes: bytes, publishedAs: sha256)
        case (.form(let form, let bytes), .form(let instrument, let own, let before, let after)):
            guard let child = event.child else { return .refuse(reason: "key-is-no-child") }
            guard let instrument else { return .tooEarly(awaiting: .instrument(form.body.instrument)) }
            let score: Score
            do throws(AnswerRefusal) {
                score = try instrument.score(form.body.answers)
            } catch {
                return .refuse(reason: error.reason.rawValue)
            }
            let scored = ScoredForm(
                form, bytes: bytes, child: child, as: score, since: before,
                outcomeRevision: (own?.outcomeRevision ?? 0) + 1)
            var changes = [Change.score(scored)]
            var says = [try scored.saying()]
            if let again = after?.compared(with: scored) {
                changes.append(.score(again))
                says.append(try again.saying())
            }
            return .done(changes: changes, says: says)
        default: return .refuse(reason: "handler-failed")
        }
    }

    func apply(_ change: Change, of event: ReceivedEvent, in transaction: Transaction) throws {
        switch change {
        case .keep(let published, let bytes): try instruments.keep(published, bytes: bytes, in: transaction)
        case .score(let scored): try ScoredTable.write(scored, in: transaction)
        }
    }

    /// A published version never changes: the same version with another hash is refused, as is one that breaks a rule
    /// of the definition language. Both alarm: the record is parked, counted, and told on the dead-letter topic.
    private func keep(
        _ published: InstrumentPublished, bytes: [UInt8], publishedAs sha256: String?
    ) throws -> Decision<Change> {
        guard try published.hashMatches() else { return .refuse(reason: "instrument-hash-differs") }
        if let sha256, sha256 != published.instrument.sha256 { return .refuse(reason: "instrument-version-changed") }
        do throws(InstrumentFaults) {
            _ = try CheckedInstrument(published)
        } catch {
            let first = error.all.first.map { "-\($0.rule.rawValue)" } ?? ""
            return .refuse(reason: "instrument-faulty\(first)")
        }
        return .done(changes: [.keep(published, bytes: bytes)], releases: [.instrument(published.instrument)])
    }
}

extension AwaitedSubject {
    /// A version of an instrument, by its content.
    static func instrument(_ reference: InstrumentReference) -> AwaitedSubject {
        AwaitedSubject("instrument/\(reference.code)/\(reference.version)/\(reference.sha256)")
    }
}
