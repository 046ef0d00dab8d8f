import Delivery
import Events
import Foundation
import Runtime
import Support
import Testing
import Trials

@testable import Scoring

/// What the mock can't show: topics made anew, partitions added, and a broker that keeps its log on disk.
@Suite(
    "Scoring on a real Kafka", .serialized,
    .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)), .sharedKafka)
struct ScoringOnRealKafkaTests {
    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await ScoringCrashTests.uninterrupted.value
        let interrupted = try await ScoringCrashTests.run(faults: [point, point], on: SharedKafka.broker())
        #expect(interrupted == uninterrupted, "seed \(ScoringCrashTests.seed)")
    }

    @Test("stops with one line, and goes on when an operator has decided", arguments: LogTrial.allCases)
    func stops(trial: LogTrial) async throws {
        let broker = try SharedKafka.broker()
        let scoring = try ScoringOnCluster(broker.servers, prefix: broker.prefix)
        let instrument = try IntakeStandIn.record(SeededForms.instrument)
        let batches = [
            [instrument] + (try ScoringOnCluster.forms(30, seed: 11)), try ScoringOnCluster.forms(60, seed: 12),
        ]
        try await trial.happens(
            to: TriedService(scoring.service, .scoring, on: broker, topic: .answers, batches: batches) { count, now in
                let forms = count == 1 ? 30 : 90
                return now["forms.scored"] == forms && now["said.outcome.scored"] == forms
                    && now["outcomes.unsettled"] == 0
            })
    }

    @Test("lost after its topic's beginning, it refuses, and comes back by the commands that it names")
    func lateStart() async throws {
        let broker = try SharedKafka.broker()
        try await LateStart(on: broker).happens { left in
            let topic = Topic.answers.name(prefix: broker.prefix)
            let administration = try broker.administration()
            for (partition, records) in left {
                try administration.deleteRecords(
                    of: topic, partition: partition, before: Int64(records.startIndex))
            }
        }
    }

    @Test("killed at random while forms flow, it loses and doubles nothing")
    func randomKills() async throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed of the random kills: \(seed)")
        let broker = try SharedKafka.broker()
        let scoring = try ScoringOnCluster(broker.servers, prefix: broker.prefix)
        try await scoring.publishInstrument()
        var random = SeededGenerator(seed: seed)
        let rounds = 8
        let formsPerRound = 40
        for round in 0..<rounds {
            try await scoring.publishForms(formsPerRound, seed: seed &+ UInt64(round))
            try scoring.service.start()
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...1500, using: &random)))
            scoring.service.signal(SIGKILL)
            #expect(try await scoring.service.ending() == .killed(SIGKILL))
        }
        try await scoring.score(rounds * formsPerRound)
        let outcomes = try await broker.read(.outcomes) { $0.count >= rounds * formsPerRound }
        #expect(outcomes.count == rounds * formsPerRound, "seed \(seed)")
        try scoring.service.removeData()
    }
}
