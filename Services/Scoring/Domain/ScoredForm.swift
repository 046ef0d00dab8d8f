internal import Delivery
internal import Events
internal import Instruments

/// A form's latest revision and what it was scored to.
struct ScoredForm: Sendable {
    let child: ChildID
    let form: Event<AnswersSubmitted>
    /// The form as it was said, for replay.
    let bytes: [UInt8]
    let outcomeRevision: Int
    let content: OutcomeContent
    /// The last event that was said of the outcome: of a new revision the one that it takes the place of.
    private(set) var lastEvent: EventID?
    /// The content's canonical form, where saying it has written that already.
    private var written: [UInt8]?

    /// Where the form stands in its respondent's course.
    var place: CoursePlace { CoursePlace(form.body) }

    init(
        child: ChildID, form: Event<AnswersSubmitted>, bytes: [UInt8], outcomeRevision: Int, content: OutcomeContent,
        lastEvent: EventID?
    ) {
        self.child = child
        self.form = form
        self.bytes = bytes
        self.outcomeRevision = outcomeRevision
        self.content = content
        self.lastEvent = lastEvent
    }

    /// Scores a form, by the version that it was given under or by another.
    /// - Throws: why the answers can't be ones to the version that they were given under.
    init(
        _ form: Event<AnswersSubmitted>, bytes: [UInt8], child: ChildID, by instrument: Instrument,
        since before: Course.Earlier?, outcomeRevision: Int, lastEvent: EventID?
    ) throws(AnswerRefusal) {
        let isForeign = instrument.reference != form.body.instrument
        let answers = form.body.answers
        let score = isForeign ? try instrument.scoreForeign(answers) : try instrument.score(answers)
        let factors = score.factors.map { factor in
            FactorOutcome(
                factor: factor.factor, result: factor.result, because: factor.because, unanswered: factor.unanswered,
                rule: factor.rule,
                change: Course.change(of: factor.factor, to: factor.result, under: instrument, since: before))
        }
        self.init(
            child: child, form: form, bytes: bytes, outcomeRevision: outcomeRevision,
            content: OutcomeContent(
                instrument: instrument.reference, factors: factors, signals: score.signals, acute: score.acute),
            lastEvent: lastEvent)
    }

    /// This form scored again by another version, as its next revision.
    func rescored(by instrument: Instrument, since before: Course.Earlier?) throws(AnswerRefusal) -> ScoredForm {
        try ScoredForm(
            form, bytes: bytes, child: child, by: instrument, since: before, outcomeRevision: outcomeRevision + 1,
            lastEvent: lastEvent)
    }

    /// This form compared with another predecessor than before, as its next revision; nil when nothing changes by it.
    /// - Parameter instrument: the version that decided it.
    func compared(with before: Course.Earlier?, under instrument: Instrument) -> ScoredForm? {
        let factors = content.factors.map { factor in
            var factor = factor
            factor.change = Course.change(
                of: factor.factor, to: factor.result, under: instrument, since: before)
            return factor
        }
        guard factors != content.factors else { return nil }
        let content = OutcomeContent(
            instrument: content.instrument, factors: factors, signals: content.signals, acute: content.acute)
        return ScoredForm(
            child: child, form: form, bytes: bytes, outcomeRevision: outcomeRevision + 1, content: content,
            lastEvent: lastEvent)
    }

    /// The same outcome under another revision.
    func revised(_ revision: Int) -> ScoredForm {
        ScoredForm(
            child: child, form: form, bytes: bytes, outcomeRevision: revision, content: content, lastEvent: lastEvent)
    }

    /// The same after an event was said of it.
    func said(as event: EventID) -> ScoredForm {
        var form = self
        form.lastEvent = event
        return form
    }

    /// The form as its successor is compared with it.
    func asEarlier(under instrument: Instrument) -> Course.Earlier {
        Course.Earlier(ruledBy: instrument, factors: content.factors)
    }

    /// The outcome as an event.
    func saying(because cause: ScoringCause) throws -> Saying { try Saying(event(because: cause), child: child) }

    /// Says the outcome, and keeps what is to be kept of it.
    /// - Parameter say: gives the event's id.
    mutating func say(because cause: ScoringCause, _ say: (Saying) -> EventID) throws {
        let (saying, content) = try Saying.of(event(because: cause), child: child, cutting: OutcomeContent.members)
        written = content
        lastEvent = say(saying)
    }

    /// The content's canonical form.
    func canonicalContent() throws(EventFault) -> [UInt8] {
        if let written { return written }
        return try content.canonical()
    }

    private func event(because cause: ScoringCause) -> Event<OutcomeScored> {
        let body = form.body
        return Event(
            form.common.said(revision: outcomeRevision, replaces: lastEvent),
            OutcomeScored(
                screening: body.screening, visit: body.visit, slot: body.slot, respondent: body.respondent,
                instrument: content.instrument, factors: content.factors, signals: content.signals,
                acute: content.acute, cause: cause, formRevision: form.common.revision.unlessFirst))
    }
}

/// Where a form stands: by whom, of which questionnaire, and when in the child's life. Each questionnaire has a course
/// of its own: what another one asked in between is no form before. Forms of the same day stand in the order of their
/// screenings, so that every arrival leads to the same course.
struct CoursePlace: Sendable, Equatable {
    let respondent: RespondentID
    /// The instrument's code.
    let questionnaire: String
    let ageDays: Int
    let screening: ScreeningID

    init(respondent: RespondentID, questionnaire: String, ageDays: Int, screening: ScreeningID) {
        self.respondent = respondent
        self.questionnaire = questionnaire
        self.ageDays = ageDays
        self.screening = screening
    }

    init(_ form: AnswersSubmitted) {
        self.init(
            respondent: form.respondent, questionnaire: form.instrument.code, ageDays: form.ageDays,
            screening: form.screening)
    }
}

extension Int {
    /// A form's revision as outcomes tell it: the first goes without saying.
    var unlessFirst: Int? { self > 1 ? self : nil }
}

extension CommonMembers {
    /// The members of what scoring says because of an event.
    func said(revision: Int, replaces: EventID? = nil) -> CommonMembers {
        CommonMembers(
            occurredAt: occurredAt, region: region, unit: unit, residenceMunicipality: residenceMunicipality,
            actor: Actor(role: .system), revision: revision, replaces: replaces, restricted: restricted,
            synthetic: synthetic, registryVersion: registryVersion)
    }
}
