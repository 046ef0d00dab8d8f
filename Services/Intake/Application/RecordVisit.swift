internal import Events
internal import HTTPServer
internal import Store

/// Records that a visit was held, and what became of the form for each parent.
///
/// Child and slot are the visit's natural key: the same record again gets the same answer, another one a conflict.
struct RecordVisit: Sendable {
    struct Answer: Encodable, Sendable {
        let visit: VisitID
        /// In the order of the document.
        let screenings: [RecordScreening.Answer]
    }

    let record: VisitRecord

    func perform(_ write: Write, in transaction: Transaction) throws -> (child: ChildID, answer: Answer) {
        let child = try write.child(record.child, in: transaction)
        try write.refuseFuture(record.heldAt, at: "#/heldAt")
        guard let slot = write.intake.registry.slot(record.slot) else {
            throw Problem.unprocessable("No such slot.", errors: [.init("is not a visit slot", at: "#/slot")])
        }
        try refuseStrangers(of: child, in: transaction)
        let unit = child.unit.flatMap { write.intake.registry.unit($0) }
        let isTeam = unit?.teamSlots.contains(slot.code) == true
        var visit = Visit(
            id: write.newID(), child: child.id, slot: slot.code, heldAt: record.heldAt,
            team: record.team ?? (isTeam ? .nurseAndDoctor : slot.team), place: record.place ?? slot.place,
            present: record.present, actor: write.role)
        if let known = try VisitTable.find(slot: slot.code, of: child.id, in: transaction) {
            guard known.saysTheSame(as: visit) else {
                throw Problem.conflict("The child's visit of this slot is recorded already, otherwise.")
            }
            visit = known
        } else {
            visit.event = try write.say(
                visit.body(participated: false), about: child, at: visit.heldAt, in: transaction)
            try VisitTable.write(visit, in: transaction)
        }
        let screenings = try record.screenings.enumerated().map { index, screening in
            try RecordScreening(record: screening, pointer: "#/screenings/\(index)")
                .perform(at: visit, of: child, write, in: transaction)
        }
        try write.audit("visit.recorded", child.id, visit.id.text, in: transaction)
        return (child.id, Answer(visit: visit.id, screenings: screenings))
    }

    private func refuseStrangers(of child: Child, in transaction: Transaction) throws {
        let known = Set(try ChildTable.respondents(of: child.id, in: transaction).map(\.id))
        var faults: [Problem.Fault] = []
        for (index, respondent) in record.present.enumerated() where !known.contains(respondent) {
            faults.append(.init("is not a respondent of the child", at: "#/present/\(index)"))
        }
        for (index, screening) in record.screenings.enumerated() where !known.contains(screening.respondent) {
            faults.append(.init("is not a respondent of the child", at: "#/screenings/\(index)/respondent"))
        }
        guard faults.isEmpty else { throw Problem.unprocessable("Somebody is unknown.", errors: faults) }
    }
}

/// Records what became of the form for one parent at a visit, as far as staff say: offered, not offered, declined.
///
/// Visit and respondent are the natural key. The same again changes nothing; from *offered* one may come to *declined*;
/// any other change of what stands is a conflict.
struct RecordScreening: Sendable {
    struct Answer: Encodable, Sendable {
        let respondent: RespondentID
        let state: String
        /// Absent where no form was offered.
        let screening: ScreeningID?
    }

    let record: ScreeningRecord
    let pointer: String

    /// Records it at a visit that is known by its id only.
    func perform(
        at id: VisitID, _ write: Write, in transaction: Transaction
    ) throws -> (child: ChildID, answer: Answer) {
        guard let visit = try VisitTable.find(id, in: transaction),
            let child = try ChildTable.find(visit.child, in: transaction)
        else { throw Problem.notFound }
        guard write.mayActFor(child) else { throw Problem.forbidden }
        let known = try ChildTable.respondents(of: child.id, in: transaction)
        guard known.contains(where: { $0.id == record.respondent }) else {
            throw Problem.unprocessable(
                "Somebody is unknown.", errors: [.init("is not a respondent of the child", at: "\(pointer)/respondent")]
            )
        }
        let answer = try perform(at: visit, of: child, write, in: transaction)
        try write.audit("screening.recorded", child.id, id.text, in: transaction)
        return (child.id, answer)
    }

    func perform(
        at visit: Visit, of child: Child, _ write: Write, in transaction: Transaction
    ) throws -> Answer {
        let known = try ScreeningTable.find(visit.id, record.respondent, in: transaction)
        switch (known?.state, record.mark) {
        case (nil, _):
            return try begin(at: visit, of: child, write, in: transaction)
        case (.notOffered, .notOffered(let reason)) where known?.code == reason.rawValue: break
        case (.offered, .offered), (.answered, .offered), (.declined, .offered): break
        case (.declined, .declined(let scope)) where known?.code == scope.rawValue: break
        case (.offered, .declined(let scope)):
            guard let known, let id = known.id else { throw Problem.notFound }
            try decline(id, scope, known.language, known.mode, at: visit, of: child, write, in: transaction)
            return Answer(respondent: record.respondent, state: Screening.State.declined.rawValue, screening: id)
        default:
            throw Problem(
                status: 409, detail: "Something else is recorded of this parent's form at this visit.",
                errors: [.init("differs from what is recorded", at: "\(pointer)/state")])
        }
        return Answer(
            respondent: record.respondent, state: (known?.state ?? .notOffered).rawValue, screening: known?.id)
    }

    private func begin(
        at visit: Visit, of child: Child, _ write: Write, in transaction: Transaction
    ) throws -> Answer {
        if case .notOffered(let reason) = record.mark {
            try write.say(
                ScreeningNotOffered(visit: visit.id, respondent: record.respondent, reason: reason), about: child,
                at: visit.heldAt, in: transaction)
            try ScreeningTable.write(
                Screening(
                    visit: visit.id, respondent: record.respondent, child: child.id, id: nil, state: .notOffered,
                    code: reason.rawValue), in: transaction)
            return Answer(
                respondent: record.respondent, state: Screening.State.notOffered.rawValue, screening: nil)
        }
        let id: ScreeningID = write.newID()
        try write.say(
            ScreeningOffered(
                screening: id, visit: visit.id, respondent: record.respondent, language: record.language,
                mode: record.mode), about: child, at: visit.heldAt, in: transaction)
        try ScreeningTable.write(
            Screening(
                visit: visit.id, respondent: record.respondent, child: child.id, id: id, state: .offered,
                language: record.language, mode: record.mode.rawValue), in: transaction)
        guard case .declined(let scope) = record.mark else {
            return Answer(respondent: record.respondent, state: Screening.State.offered.rawValue, screening: id)
        }
        try decline(
            id, scope, record.language, record.mode.rawValue, at: visit, of: child, write, in: transaction)
        return Answer(respondent: record.respondent, state: Screening.State.declined.rawValue, screening: id)
    }

    private func decline(
        _ id: ScreeningID, _ scope: DeclineScope, _ language: String, _ mode: String, at visit: Visit,
        of child: Child, _ write: Write, in transaction: Transaction
    ) throws {
        try write.say(ScreeningDeclined(screening: id, scope: scope), about: child, at: visit.heldAt, in: transaction)
        try ScreeningTable.write(
            Screening(
                visit: visit.id, respondent: record.respondent, child: child.id, id: id, state: .declined,
                code: scope.rawValue, language: language, mode: mode), in: transaction)
    }
}
