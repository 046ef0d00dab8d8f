internal import Delivery
internal import Events
internal import FHIR
internal import Runtime
internal import Store

/// Accepts an answered form: keeps it and says the one fact to its two sets of readers, in the caller's transaction.
///
/// Child, visit and respondent identify a form. The same content again is the same form and gets the same answer; other
/// content is a conflict, unless it comes as an amendment of the revision that stands.
struct AcceptForm: Sendable {
    /// How the caller hands it in.
    enum Manner: Sendable, Equatable {
        /// As a form that isn't here yet.
        case create
        /// In the place of a revision of a form.
        case amend(ScreeningID, revision: Int)
    }

    /// A form that stands.
    struct Accepted: Sendable, Equatable {
        let screening: ScreeningID
        let revision: Int
        /// False when it stood already.
        let isNew: Bool
    }

    let form: FormSubmission
    let manner: Manner

    /// - Throws: `FormRefusal`.
    func perform(_ write: Write, in transaction: Transaction) throws -> Accepted {
        let place = form.place
        guard let ground = try FormTable.ground(of: form, in: transaction) else {
            throw FormRefusal(422, .notFound, at: "\(place).subject", "No such child is listed here.")
        }
        guard write.mayActFor(ground.child) else { throw FormRefusal.forbidden }
        let (visit, screening, id) = try offered(ground)
        guard form.answeredAt <= write.now + Intake.clockTolerance else {
            throw FormRefusal(422, .businessRule, at: "\(place).authored", "This lies in the future.")
        }
        let language = form.language ?? screening.language
        let answered = self.answered(
            id, visit: visit, language: language, mode: form.mode ?? ScreeningMode(rawValue: screening.mode))
        if let standing = ground.standing, isSame(standing, answered, language: language) {
            try write.audit("form.repeated", ground.child.id, id.text, in: transaction)
            return Accepted(screening: id, revision: standing.revision, isNew: false)
        }
        let revision = try nextRevision(after: ground.standing, of: id)
        func common(replaces: EventID?) -> CommonMembers {
            write.common(ground.child, at: form.answeredAt, by: .parent, revision: revision, replaces: replaces)
        }
        try say(
            Event(
                common(replaces: ground.standing?.answersEvent),
                answers(id, visit: visit, of: ground.child, language: language, revision: revision)),
            Event(common(replaces: ground.standing?.answeredEvent), answered), about: ground.child.id, write,
            in: transaction)
        if screening.state != .answered {
            try ScreeningTable.answer(visit.id, form.respondent, in: transaction)
        }
        if !ground.child.isParticipating { try participate(ground.child, visit, write, in: transaction) }
        try write.audit("form.submitted", ground.child.id, id.text, in: transaction)
        return Accepted(screening: id, revision: revision, isNew: true)
    }

    /// Keeps the form and says it to both sets of readers.
    private func say(
        _ answers: Event<AnswersSubmitted>, _ answered: Event<ScreeningAnswered>, about child: ChildID, _ write: Write,
        in transaction: Transaction
    ) throws {
        let saying = try Saying(answers, child: child)
        let answersEvent = try write.say(saying, in: transaction)
        let answeredEvent = try write.say(Saying(answered, child: child), in: transaction)
        try FormTable.write(
            answers, bytes: saying.value, event: answersEvent, of: child, recordedAt: write.now, in: transaction)
        try FormTable.write(answered, event: answeredEvent, of: child, recordedAt: write.now, in: transaction)
    }

    /// Whether the form that stands says the same. What a restore didn't bring back speaks neither for nor against it.
    private func isSame(_ standing: StandingForm, _ answered: ScreeningAnswered, language: String) -> Bool {
        let digest = FormDigest(
            instrument: form.instrument.reference, language: language, informationVersion: form.informationVersion,
            answeredAt: form.answeredAt, answers: form.answers)
        return standing.digest ?? digest.bytes == digest.bytes && standing.filled ?? answered.filled == answered.filled
    }

    /// The visit and the screening that the form belongs to.
    private func offered(_ ground: FormGround) throws -> (Visit, Screening, ScreeningID) {
        guard let visit = ground.visit, visit.child == ground.child.id else {
            throw FormRefusal(
                422, .notFound, at: "\(form.place).encounter", "No such visit of this child is recorded as held.")
        }
        guard ground.knowsRespondent else {
            throw FormRefusal(422, .notFound, at: "\(form.place).source", "This is no respondent of the child.")
        }
        guard let screening = ground.screening, let id = screening.id else {
            throw FormRefusal(
                422, .businessRule, at: "\(form.place).source",
                "No form is recorded as offered to this respondent at this visit.")
        }
        return (visit, screening, id)
    }

    private func nextRevision(after standing: StandingForm?, of id: ScreeningID) throws -> Int {
        switch (manner, standing) {
        case (.create, nil): return 1
        case (.create, _?):
            throw FormRefusal(
                409, .conflict, at: form.place, "Another form stands for this child, visit and respondent.")
        case (.amend(let meant, let revision), let standing?) where meant == id:
            guard revision == standing.revision else {
                throw FormRefusal(412, .conflict, at: nil, "Another revision stands by now: read it first.")
            }
            return revision + 1
        case (.amend, _):
            throw FormRefusal(422, .businessRule, at: form.place, "The document is another form than the address says.")
        }
    }

    private func answers(
        _ id: ScreeningID, visit: Visit, of child: Child, language: String, revision: Int
    ) -> AnswersSubmitted {
        AnswersSubmitted(
            screening: id, visit: visit.id, slot: visit.slot, respondent: form.respondent,
            ageDays: child.age(at: form.answeredAt), instrument: form.instrument.reference, language: language,
            informationVersion: form.informationVersion, answers: form.answers,
            amendedReason: revision > 1 ? form.amendedReason : nil)
    }

    private func answered(
        _ id: ScreeningID, visit: Visit, language: String, mode: ScreeningMode
    ) -> ScreeningAnswered {
        ScreeningAnswered(
            screening: id, visit: visit.id, slot: visit.slot, respondent: form.respondent,
            instrument: form.instrument.reference, language: language, mode: mode, help: form.help,
            completeness: form.completeness, answeredCount: form.answeredCount, durationSeconds: form.durationSeconds)
    }

    /// The child's first answered form: its visit is said again, as the one from which the child participates.
    private func participate(
        _ child: Child, _ visit: Visit, _ write: Write, in transaction: Transaction
    ) throws {
        var visit = visit
        visit.revision += 1
        visit.event = try write.say(
            visit.body(participated: true), about: child, at: visit.heldAt, by: visit.actor, revision: visit.revision,
            replaces: visit.event, in: transaction)
        try VisitTable.write(visit, in: transaction)
        try ChildTable.participate(child.id, in: transaction)
    }
}
