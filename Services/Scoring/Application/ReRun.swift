internal import Delivery
internal import Events
internal import Runtime
internal import Store
internal import Telemetry

/// Scores old forms again when a version has arrived that says so, respondent by respondent and a slice at a time.
///
/// A slice is one transaction: the outcomes, their events and how far it has come, so that a process that was killed
/// goes on where it was. What it says has the version's claim as its trigger, so that work done again says the same
/// under the same ids. Forms that come meanwhile are scored by the handler under all versions that decide them; between
/// slices they have the writer to themselves.
///
/// A respondent whose forms can't be scored again is skipped and counted, and tried again at the next start; `replay`
/// names the forms.
struct ReRun: RunningPart {
    let name = "re-run"
    let store: Store
    let outbox: Outbox
    let instruments: InstrumentTable
    /// Rows that wait for the broker.
    let waiting: @Sendable () -> Int64
    let time: TimeSource
    let pace: ReRunPace
    let logger: Logger
    let metrics: ReRunMetrics

    func run(until stop: StopSignal) async throws {
        let backoff = Backoff(first: .milliseconds(200), ceiling: .seconds(10))
        var failures = 0
        var isReopened = false
        while !stop.isStopping {
            var pause = pace.idle
            do {
                if !isReopened {
                    let count = try await store.write { try ReRunTable.reopenSkipped(in: $0) }
                    if count > 0 { logger.info("re-runs try again what they skipped", Field("re-runs", shown: count)) }
                    isReopened = true
                }
                if waiting() < pace.waitingMax, let busy = try await turn() { pause = max(busy, pace.pauseMin) }
                failures = 0
            } catch let failure as StoreFailure where failure.decision == .retry {
                failures += 1
                logger.warning("a re-run waits for the store", Field("hint", shown: failure.hint))
                pause = backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))
            }
            _ = await stop.sleep(for: pause)
        }
    }

    /// Does one slice.
    /// - Returns: how long it took; nil when there is nothing to score again.
    func turn() async throws -> Duration? {
        let begun = ContinuousClock.now
        let countMax = pace.formsMax
        let next = try await store.read { scope in
            try ReRunTable.open(in: scope).map { rerun in
                (rerun, try ReRunTable.respondents(of: rerun, countMax: countMax, in: scope))
            }
        }
        guard let (rerun, respondents) = next else { return nil }
        let fields = [Field("instrument", shown: rerun.code), Field("version", shown: rerun.version)]
        guard !respondents.isEmpty else {
            try await store.write { try ReRunTable.finish(rerun, in: $0) }
            if rerun.skipped == 0 {
                logger.info("a re-run is done", fields[0], fields[1])
            } else {
                logger.warning(
                    "a re-run is done but for respondents that it skipped", fields[0], fields[1],
                    Field("respondents", shown: rerun.skipped),
                    Field("hint", shown: "`scoring replay` names the forms; the next start tries them again"))
            }
            return ContinuousClock.now - begun
        }
        if rerun.respondent.isEmpty {
            let seen = try await store.read { try ReRunTable.seen(by: rerun, in: $0) }
            logger.info("a re-run begins", fields[0], fields[1], Field("answers-read-to", shown: seen))
        }
        let now = time.now()
        let slice = try await store.write { try self.slice(of: rerun, respondents, now: now, in: $0) }
        ScoringFaultPoints.sliceDurable.reach()
        metrics.scoredAgain.add(slice.forms)
        if let error = slice.skippedFor {
            metrics.skipped.add(slice.skipped)
            logger.warning(
                "a re-run skips respondents whose forms can't be scored again", fields[0], fields[1],
                Field("respondents", shown: slice.skipped), Field("error.type", shown: error))
        }
        return ContinuousClock.now - begun
    }

    /// What a slice came to.
    private struct Slice: Sendable {
        /// Forms said again.
        var forms = 0
        /// Respondents skipped, and the kind of the last error.
        var skipped = 0
        var skippedFor: String?
    }

    /// Goes through respondents until a bound is reached; one respondent's forms are never parted.
    private func slice(
        of rerun: OpenReRun, _ respondents: [RespondentID], now: Timestamp, in transaction: Transaction
    ) throws -> Slice {
        let end = ContinuousClock.now + pace.sliceMax
        let rescorings = try ReRunTable.rescorings(of: rerun.code, in: transaction)
        var slice = Slice()
        for respondent in respondents {
            var changed: [CourseAgain.Changed]?
            do {
                changed = try self.changed(respondent, by: rescorings, of: rerun, in: transaction)
            } catch let failure as StoreFailure {
                throw failure
            } catch {
                // As a form that the handler can't score is parked: the others are not to suffer from it.
                slice.skipped += 1
                slice.skippedFor = "\(type(of: error))"
            }
            for again in changed ?? [] {
                // What no claim led to isn't a re-run's to say: somebody changed the store, and a replay names it.
                guard let cause = rescorings.cause(of: again.led) else { continue }
                let saying = try again.form.saying(because: again.cause)
                let event = EventID(try outbox.say(saying, because: cause, now: now, in: transaction))
                try ScoredTable.write(again.form.said(as: event), in: transaction)
                slice.forms += 1
            }
            try ReRunTable.advance(rerun, to: respondent, isSkipped: changed == nil, in: transaction)
            if slice.forms >= pace.formsMax || ContinuousClock.now >= end { break }
        }
        ScoringFaultPoints.sliceApplied.reach()
        return slice
    }

    /// What is to be said again of a respondent's forms; writes nothing.
    private func changed(
        _ respondent: RespondentID, by rescorings: Rescorings, of rerun: OpenReRun, in transaction: Transaction
    ) throws -> [CourseAgain.Changed] {
        let course = try ScoredTable.course(of: respondent, rerun.code, instruments, in: transaction)
        return try CourseAgain.changed(in: course) { standing in
            try instruments.named(Ruling.name(of: standing.form.form, by: rescorings), in: transaction)
        }
    }
}

/// How much a re-run takes at once, and how long it rests: as long as it worked at least, so that half of the writer's
/// time is left to forms that come in.
struct ReRunPace: Sendable {
    /// Forms said again in one transaction; one respondent more may go beyond.
    var formsMax = 50
    /// No respondent is begun after so long in a transaction.
    var sliceMax = Duration.milliseconds(5)
    /// Between two slices.
    var pauseMin = Duration.milliseconds(10)
    /// With so many rows waiting for the broker nothing is added to them.
    var waitingMax: Int64 = 2000
    /// Between two looks while there is nothing to do or too much waits.
    var idle = Duration.milliseconds(500)
}

/// What re-runs count.
struct ReRunMetrics: Sendable {
    let scoredAgain: Counter
    let skipped: Counter

    init(_ registry: MetricsRegistry) {
        scoredAgain = registry.counter(
            "scoring_forms_rescored_total", help: "Outcomes said again because other rules decide them.")
        skipped = registry.counter(
            "scoring_rescoring_skipped_total", help: "Respondents whose forms a re-run could not score again.")
    }
}
