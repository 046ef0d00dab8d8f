internal import Delivery
internal import Events
internal import Runtime
internal import Store
internal import Telemetry

/// Scores old forms again when a version has arrived that says so, respondent by respondent and a slice at a time.
///
/// A slice is one transaction: the outcomes, their events and how far it has come, so that a process that was killed
/// goes on where it was. What it says has the instrument's record as its trigger, so that work done again says the same
/// under the same ids. Forms that come meanwhile are scored by the handler under all versions that decide them; between
/// slices they have the writer to themselves.
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
        while !stop.isStopping {
            var pause = pace.idle
            do {
                if waiting() < pace.waitingMax, let busy = try await turn() { pause = max(busy, pace.pauseMin) }
                failures = 0
            } catch let failure as StoreFailure where failure.decision == .retry {
                failures += 1
                logger.warning("a re-run waits for the store", Field("hint", shown: failure.hint))
                pause = backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))
            } catch let failure where !(failure is StoreFailure) {
                // As a form that the handler can't score is parked: the others are not to suffer from it.
                logger.error(
                    "a re-run can't go on; it is tried again every minute",
                    Field("error.type", shown: "\(type(of: failure))"))
                pause = .seconds(60)
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
            logger.info("a re-run is done", fields[0], fields[1])
            return ContinuousClock.now - begun
        }
        if rerun.respondent.isEmpty { logger.info("a re-run begins", fields[0], fields[1]) }
        let now = time.now()
        let forms = try await store.write { try slice(of: rerun, respondents, now: now, in: $0) }
        ScoringFaultPoints.sliceDurable.reach()
        metrics.scoredAgain.add(forms)
        return ContinuousClock.now - begun
    }

    /// Goes through respondents until a bound is reached; one respondent's forms are never parted.
    /// - Returns: how many forms were said again.
    private func slice(
        of rerun: OpenReRun, _ respondents: [RespondentID], now: Timestamp, in transaction: Transaction
    ) throws -> Int {
        let end = ContinuousClock.now + pace.sliceMax
        let rescorings = try ReRunTable.rescorings(of: rerun.code, in: transaction)
        var forms = 0
        for respondent in respondents {
            forms += try scoreAgain(respondent, by: rescorings, of: rerun, now: now, in: transaction)
            try ReRunTable.advance(rerun, to: respondent, in: transaction)
            if forms >= pace.formsMax || ContinuousClock.now >= end { break }
        }
        ScoringFaultPoints.sliceApplied.reach()
        return forms
    }

    private func scoreAgain(
        _ respondent: RespondentID, by rescorings: Rescorings, of rerun: OpenReRun, now: Timestamp,
        in transaction: Transaction
    ) throws -> Int {
        let course = try ScoredTable.course(of: respondent, instruments, in: transaction)
        let changed = try CourseAgain.changed(in: course) { standing in
            // Another questionnaire's forms stand in the course and are decided as they were.
            guard standing.ruledBy.reference.code == rerun.code else { return standing.ruledBy }
            return try instruments.named(
                Ruling.name(of: standing.form.form, by: rescorings), in: transaction)
        }
        for form in changed {
            try ScoredTable.write(form, in: transaction)
            try outbox.say(try form.saying(because: .reRun), because: rerun.cause, now: now, in: transaction)
        }
        return changed.count
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

    init(_ registry: MetricsRegistry) {
        scoredAgain = registry.counter(
            "scoring_forms_rescored_total", help: "Outcomes said again because other rules decide them.")
    }
}
