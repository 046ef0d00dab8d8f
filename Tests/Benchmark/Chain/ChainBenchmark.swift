import Foundation
import HTTPClient
import Kafka
import Runtime
import Support

/// Measures the whole chain: forms go in over HTTP on 64 connections, and count when reporting counts them.
struct ChainBenchmark {
    let places: ChainPlaces
    /// How long forms are sent as fast as they are taken.
    let seconds: Int
    /// How long they are sent at half that rate.
    let openLoopSeconds: Int
    /// How many are offered before the clock runs.
    let formsMax: Int
    private static let reconcileWithin = Duration.seconds(120)

    func run() async throws -> ChainReport {
        let wire = try Wire()
        let municipality = Municipality(wire: wire, places: places)
        let stop = StopSignal()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await municipality.run(until: stop) }
            let report = try await measure(wire, municipality)
            stop.stop()
            try await group.waitForAll()
            return report
        }
    }

    private func measure(_ wire: Wire, _ municipality: Municipality) async throws -> ChainReport {
        var report = ChainReport(disk: try DiskLatency(in: places.data))
        let clinic = try Clinic(wire: wire, places: places)
        let (forms, children, visits) = try await clinic.offer(formsMax)
        note("\(children) children, \(visits) visits, \(forms.count) forms offered")
        let load = Load(wire: wire, places: places, bodies: try FormBodies(demo: places.demo), forms: forms)
        let settled = LagWatch(wire: wire, places: places, taken: load.taken, before: 0)
        let offered = try await settle(settled, visits: visits)
        let watch = LagWatch(wire: wire, places: places, taken: load.taken, before: offered)
        let volume = try TopicVolume(places: places)
        let marksBefore = try await volume.marks()
        let bytesBefore = try storeBytes()

        try await closedLoop(load, watch, into: &report)
        note("closed loop done: \(Int(report.formsPerSecond)) forms/s")
        try await openLoop(load, into: &report)

        report.reconciled = try await reconcile(load.taken, watch, municipality)
        let marks = try await volume.marks()
        let all = load.taken.forms.value
        report.topicBytesPerForm = try await volume.bytesAdded(since: marksBefore, until: marks)
            .mapValues { $0 / max(all, 1) }
        report.recordsDroppedByBroker = marks.values.reduce(0) { $0 + Int($1.low) }
        report.diskBytesPerForm = max(0, try storeBytes() - bytesBefore) / max(all, 1)
        report.postponed = load.taken.postponed.value
        await volume.close()
        report.judge()
        return report
    }

    /// Waits until what was offered has gone through, so that the clock begins with an empty chain.
    private func settle(_ watch: LagWatch, visits: Int) async throws -> Int {
        let end = ContinuousClock.now + Self.reconcileWithin
        while try await watch.counts()["visits.held", default: 0] < visits {
            guard ContinuousClock.now < end else { Benchmark.fail("reporting never counted the \(visits) visits") }
            try await Task.sleep(for: .milliseconds(200))
        }
        return try await watch.counted()
    }

    private func closedLoop(_ load: Load, _ watch: LagWatch, into report: inout ChainReport) async throws {
        let usage = try processUsage()
        let began = ContinuousClock.now
        let end = began + .seconds(seconds)
        async let samples = watch.watch(from: began, until: end)
        report.formsRanOut = try await !load.closedLoop(from: 0, until: end)
        report.seconds = (ContinuousClock.now - began).inSeconds
        report.samples = try await samples
        report.emptyAfterSeconds = try await watch.untilEmpty(within: .seconds(60))?.inSeconds
        let whole = (ContinuousClock.now - began).inSeconds
        report.forms = load.taken.forms.value
        let more = try await watch.counted() - report.forms
        if more > 0 { report.faults.append("\(more) outcomes were said again: so much more is the lag") }
        report.formsPerSecond = Double(report.forms) / whole
        (report.largestLagBefore, report.largestLagLast) = LagWatch.largest(report.samples)
        for (name, after) in try processUsage() {
            let used = after.cpuSeconds - (usage[name]?.cpuSeconds ?? 0)
            report.processes[name] = ChainReport.Process(
                cpuMicrosecondsPerForm: used * 1e6 / Double(max(report.forms, 1)), peakBytes: after.peakBytes)
        }
    }

    private func openLoop(_ load: Load, into report: inout ChainReport) async throws {
        let rate = report.formsPerSecond / 2
        let first = load.taken.forms.value
        let count = min(Int(rate * Double(openLoopSeconds)), load.forms.count - first)
        guard count > 0 else { return }
        let outcomes = OutcomeWatch(servers: places.servers, prefix: places.topicPrefix)
        let standing = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await outcomes.run { standing.stop() } }
            await standing.wait()
            // A consumer's first fetch takes half a second of its own.
            try await Task.sleep(for: .seconds(1))
            try await load.openLoop(from: first, count: count, perSecond: rate) { place, due in
                outcomes.expect(place.screening, since: due)
            }
            let end = ContinuousClock.now + .seconds(20)
            while outcomes.missing > 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
            group.cancelAll()
        }
        report.openLoopPerSecond = rate
        let latencies = outcomes.takeLatencies()
        report.openLoopForms = latencies.count
        report.scoredP50Milliseconds = latencies.percentile(50) * 1000
        report.scoredP99Milliseconds = latencies.percentile(99) * 1000
        if outcomes.missing > 0 { report.faults.append("\(outcomes.missing) outcomes were never read") }
    }

    private func reconcile(
        _ taken: Load.Taken, _ watch: LagWatch, _ municipality: Municipality
    ) async throws -> [ChainReport.Reconciled] {
        let end = ContinuousClock.now + Self.reconcileWithin
        while true {
            let counts = try await watch.counts()
            let rows = [
                ("forms answered", taken.forms.value, "screenings.answered"),
                ("forms scored", taken.forms.value, "outcomes.scored"),
                ("forms with an outcome", taken.outcomes.value, "outcomes.with-outcome"),
                ("conversations", taken.conversations.value, "conversations.recorded"),
                ("support offers", taken.conversations.value, "offers.made"),
                ("referrals requested", taken.referrals.value, "referrals.requested"),
                ("referrals delivered", taken.referrals.value, "referrals.delivered"),
                ("referrals answered", taken.referrals.value, "referrals.answered"),
            ].map { ChainReport.Reconciled(fact: $0.0, sent: $0.1, counted: counts[$0.2, default: 0]) }
            let agree = rows.allSatisfy { $0.sent == $0.counted }
            if agree || ContinuousClock.now > end {
                note(
                    "municipalities got \(municipality.received.value) notices, answered \(municipality.answered.value)"
                )
                return rows
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func processUsage() throws -> [String: ProcessUsage] {
        try places.processes.mapValues { try ProcessUsage(of: $0) }
    }

    /// Bytes of the five stores' files.
    private func storeBytes() throws -> Int {
        var bytes = 0
        for name in places.operations.keys {
            let folder = places.data.appending(path: name)
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let path = folder.appending(path: file).path
                bytes += try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            }
        }
        return bytes
    }

    private func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
