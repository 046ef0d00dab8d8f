internal import Cryptography
internal import Delivery
internal import Events
internal import Foundation
internal import Instruments
internal import Runtime
internal import Store

/// `scoring explain`: scores one screening again and tells how its outcome came about. It leaves an audit row, in the
/// transaction in which it reads.
struct Explain: Sendable {
    private static let words = "explain SCREENING [--with-answers --reason TEXT]"
    private static let reasonCharactersMax = 500

    private let instruments = InstrumentTable()

    /// What somebody wants to know.
    private struct Question: Sendable {
        let screening: ScreeningID
        let withAnswers: Bool
        let reason: String

        init(_ words: [String]) throws(UsageFault) {
            let options = try CommandOptions(
                words, valued: ["--reason"], flags: ["--with-answers"], restCount: 1, usage: Explain.words)
            let reason = (options.values["--reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            guard let screening = ScreeningID(options.rest[0]) else {
                throw CommandOptions.fault("\(CommandOptions.quoted(options.rest[0])) is no screening", Explain.words)
            }
            guard reason.count <= Explain.reasonCharactersMax else {
                throw CommandOptions.fault(
                    "the reason has more than \(Explain.reasonCharactersMax) characters", Explain.words)
            }
            self.screening = screening
            withAnswers = !options.flags.isEmpty
            self.reason = reason
            if withAnswers, reason.isEmpty {
                throw CommandOptions.fault("showing answers needs a reason", Explain.words)
            }
        }

        func auditEntry(of child: ChildID?, by operatorName: String, at now: Timestamp) -> AuditEntry {
            AuditEntry(
                at: now, caller: operatorName, role: "ops",
                action: withAnswers ? "outcome.explained-with-answers" : "outcome.explained", child: child?.uuid,
                subject: "screening/\(screening.text)", reason: reason)
        }
    }

    static let command: ServiceCommand = {
        let explain = Explain()
        return .onStore(words, "tells how an outcome came about; audited") { words throws(UsageFault) in
            let question = try Question(words)
            return { context in
                let now = context.time.now()
                // Looks at every parked form, which the writer is not to wait for.
                let waiting = try await context.store.read { try WaitingFormTable.find(question.screening, in: $0) }
                return try await context.store.write { transaction in
                    try explain.answer(
                        question, waiting: waiting, by: context.operatorName, at: now, in: transaction)
                }
            }
        }
    }()

    private func answer(
        _ question: Question, waiting: WaitingForm?, by operatorName: String, at now: Timestamp,
        in transaction: Transaction
    ) throws -> CommandResult {
        let screening = question.screening
        var recomputing = Recomputing(by: try ReRunTable.rulings(in: transaction))
        for kept in try ReplayTable.course(of: screening, instruments, in: transaction) {
            let outcome: Result<Recomputing.Outcome, Recomputing.Obstacle> = recomputing.result(of: kept)
            guard kept.place.screening == screening else { continue }
            try AuditTrail.append(question.auditEntry(of: kept.child, by: operatorName, at: now), in: transaction)
            switch outcome {
            case .success(let outcome): return try explained(kept, outcome, withAnswers: question.withAnswers)
            case .failure(let obstacle):
                return CommandResult(
                    lines: ["\(screening.text) can't be scored again: \(obstacle.reason)"], exitCode: 1)
            }
        }
        // Who asks after what isn't there leaves a row too.
        let retracted = try RetractedTable.find(screening, in: transaction)
        try AuditTrail.append(
            question.auditEntry(of: retracted?.child ?? waiting?.child, by: operatorName, at: now), in: transaction)
        if let retracted {
            return CommandResult(lines: ["\(screening.text) was taken back: \(retracted.reason.rawValue)"])
        }
        guard let waiting else { return CommandResult(lines: ["no such screening was scored"], exitCode: 65) }
        return CommandResult(lines: ["\(screening.text) isn't scored yet: \(waiting.words)"], exitCode: 65)
    }

    private func explained(
        _ kept: KeptForm, _ outcome: Recomputing.Outcome, withAnswers: Bool
    ) throws -> CommandResult {
        guard let instrument = kept.ruledBy else { throw Recomputing.Obstacle(reason: "it has no version") }
        let form = outcome.scored.form
        let content = outcome.scored.content
        let given = form.body.answers.filter { $0.value != nil }
        var lines = [
            "screening: \(kept.place.screening.text)",
            "form: revision \(form.common.revision) of \(form.common.occurredAt), at \(form.body.ageDays) days of age, "
                + "\(given.count) of \(form.body.answers.count) items answered",
            form.body.instrument.line,
            "decided by: \(content.instrument.name) sha256 \(content.instrument.sha256)",
            "compared with: "
                + (outcome.comparedWith.map { "\($0.screening.text), decided by \($0.ruledBy.name)" }
                    ?? "no form before"),
        ]
        if withAnswers { lines += form.body.answers.map { "answer: \($0.item) \($0.value.shown)" } }
        for factor in content.factors {
            lines += try FactorLines.lines(
                of: factor, form.body.answers, by: instrument, tellsAnswers: withAnswers)
            lines.append("  change: \(factor.change.rawValue)")
        }
        lines += FactorLines.lines(
            signals: content.signals, acute: content.acute, by: instrument.checked.published)
        lines.append("outcome: revision \(kept.outcomeRevision), sha256 \(outcome.digest.hexText)")
        guard let difference = outcome.difference else {
            return CommandResult(lines: lines + ["the kept outcome agrees"])
        }
        lines.append("the kept outcome differs: \(difference); sha256 \(kept.digest.hexText)")
        return CommandResult(lines: lines, exitCode: 1)
    }
}

extension Optional<AnswerValue> {
    fileprivate var shown: String {
        switch self {
        case .code(let code): code
        case .integer(let number): String(number)
        case .boolean(let truth): truth ? "true" : "false"
        case nil: "unanswered"
        }
    }
}
