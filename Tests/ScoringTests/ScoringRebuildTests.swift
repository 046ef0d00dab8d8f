import Delivery
import Events
import Foundation
import Kafka
import Runtime
import Support
import Testing

@testable import Scoring

/// A lost store is made again from the topics, and nothing is said twice by it.
@Suite("Scoring, rebuilt from its topics", .serialized)
struct ScoringRebuildTests {
    static let forms = 60

    /// Runs `body` with a scoring that has scored all forms and then lost its store.
    private func afterLoss(_ body: (ScoringOnCluster, _ before: [String: Int]) async throws -> Void) async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(
            cluster.bootstrapServers, environment: ["WITNESS_WATCH_SECONDS": "2", "BATCH_RECORDS_MAX": "25"])
        try await scoring.publishInstrument()
        try await scoring.publishForms(Self.forms, seed: 31)
        try await scoring.score(Self.forms)
        try scoring.service.start()
        let before = try await scoring.service.counts { $0["forms.scored"] == Self.forms }
        try await scoring.stop()
        try scoring.service.removeData()
        try await body(scoring, before)
        try scoring.service.removeData()
    }

    /// Every record on `outcomes`, repetitions included, once the service has nothing left to publish.
    private func outcomes(_ scoring: ScoringOnCluster) async throws -> Int {
        try await scoring.service.eventually("the outbox to be published") {
            try await scoring.service.probe("/metrics").text.contains("screening_outbox_pending 0")
        }
        try await scoring.stop()
        // One more is published last: everything before it has then been read.
        try await scoring.publishForms(1, seed: 99)
        try await scoring.score(Self.forms + 1)
        let last = Self.forms + 1
        let records = try await TopicTraffic.records(on: [.outcomes], from: scoring.servers) { records in
            Set(records.map { $0.headers.first { $0.name == "ce_id" }?.value }).count >= last
        }
        return records.count - 1
    }

    @Test("comes to the same state and publishes nothing again")
    func rebuilt() async throws {
        try await afterLoss { scoring, before in
            try scoring.service.start()
            let after = try await scoring.service.counts {
                $0["forms.scored"] == Self.forms && $0["outcomes.unsettled"] == 0
            }
            #expect(after == before)
            #expect(scoring.service.log.contains { $0.contains("took back what the service had said") })
            #expect(try await outcomes(scoring) == Self.forms)
        }
    }

    @Test("publishes nothing again of a re-run either, although its version now comes before the forms")
    func reRun() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers, environment: ["WITNESS_WATCH_SECONDS": "2"])
        try await scoring.publishInstrument()
        try await scoring.publishForms(Self.forms, seed: 32)
        try await scoring.score(Self.forms)
        try await TopicTraffic.publish([IntakeStandIn.record(SeededForms.nextVersion())], to: scoring.servers)
        func afterReRun() async throws -> [String: Int] {
            try scoring.service.start()
            let counts = try await scoring.service.counts {
                $0["forms.re-run"] == Self.forms && $0["re-runs.open"] == 0 && $0["outcomes.unsettled"] == 0
                    && $0["said.outcome.scored", default: 0] >= 2 * Self.forms
            }
            try await scoring.stop()
            return counts
        }
        let before = try await afterReRun()
        try scoring.service.removeData()
        #expect(try await afterReRun() == before)
        try scoring.service.removeData()
    }

    @Test("also when it was killed while it took back what it had said", arguments: DeliveryFaultPoints.recovering)
    func killed(point: FaultPoint) async throws {
        try await afterLoss { scoring, before in
            for passes in 1...2 {
                try scoring.service.start(["FAULT_POINT": "\(point.name):\(passes)"])
                #expect(try await scoring.service.ending() == .killed(SIGKILL), "\(point.name) was not reached")
            }
            try scoring.service.start()
            let after = try await scoring.service.counts {
                $0["forms.scored"] == Self.forms && $0["outcomes.unsettled"] == 0
            }
            #expect(after == before)
            #expect(try await outcomes(scoring) == Self.forms)
        }
    }

    @Test("says when it is done, and shows that nothing is left to catch up, score again or settle with")
    func progress() async throws {
        try await afterLoss { scoring, _ in
            let service = scoring.service
            @Sendable func check(_ name: String) async throws -> String? {
                let body = Data(try await service.probe("/readyz").text.utf8)
                let checks = try JSONSerialization.jsonObject(with: body) as? [String: Any]
                let named = (checks?["checks"] as? [String: Any])?[name] as? [[String: Any]]
                return named?.first.map { "\($0["status"] ?? "") \($0["observedValue"] ?? "")" }
            }
            try service.start()
            try await service.counts { $0["forms.scored"] == Self.forms && $0["outcomes.unsettled"] == 0 }
            try await service.eventually("nothing left to settle") {
                try await check("outcomes:unsettled") == "pass "
            }
            #expect(try await check("log:catching-up") == nil)
            #expect(try await check("re-runs:open") == "pass ")
            #expect(service.log.contains { $0.contains("caught up with the log") })
            try await scoring.stop()
        }
    }

    @Test("takes back too what a process before it brought to the topic only after it had looked, and settles with it")
    func lateBatch() async throws {
        try await afterLoss { scoring, _ in
            try scoring.service.start(["FAULT_POINT": "opening.remembered"])
            #expect(try await scoring.service.ending() == .killed(SIGKILL))
            let late = try await laterRevision(on: scoring)
            try await TopicTraffic.publish([late], to: scoring.servers)
            try scoring.service.start()
            try await scoring.service.counts {
                $0["said.outcome.scored", default: 0] == Self.forms + 2 && $0["outcomes.unsettled"] == 0
            }
            #expect(scoring.service.log.contains { $0.contains("took back what came to light since") })
            let revisions = try await TopicTraffic.records(on: [.outcomes], from: scoring.servers) { records in
                records.contains { text($0, "ce_revision") == "3" }
            }.filter { text($0, "ce_subject") == text(late.headers, "ce_subject") }.map { text($0, "ce_revision") }
            #expect(revisions.last == "3", "what stands is said above what came late: \(revisions)")
            try await scoring.stop()
        }
    }

    /// An outcome that differs from what stands, as the next revision: by a batch that was under way for long.
    private func laterRevision(on scoring: ScoringOnCluster) async throws -> OutgoingRecord {
        let said = try await TopicTraffic.records(on: [.outcomes], from: scoring.servers) { !$0.isEmpty }
        let first = try #require(said.first)
        let standing = try EventCodec.decode(Event<OutcomeScored>.self, from: try #require(first.value))
        var body = standing.body
        body.acute.toggle()
        let event = Event(standing.common.said(revision: 2), body)
        let headers = first.headers.map { header in
            switch header.name {
            case "ce_revision": Header(name: header.name, value: Array("2".utf8))
            case "ce_id": Header(name: header.name, value: Array(UUID(high: 5, low: 5, version: 8).text.utf8))
            default: header
            }
        }
        return OutgoingRecord(
            topic: first.topicPartition.topic, key: try #require(first.key), value: try EventCodec.encode(event),
            headers: headers)
    }

    private func text(_ record: ConsumedRecord, _ header: String) -> String { text(record.headers, header) }

    private func text(_ headers: [Header], _ name: String) -> String {
        String(decoding: headers.first { $0.name == name }?.value ?? [], as: UTF8.self)
    }

    @Test("but not while the process on the store that was thought lost still lives")
    func other() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let living = try ScoringOnCluster(cluster.bootstrapServers)
        try await living.publishInstrument()
        try living.service.start()
        try await living.service.counts { $0["instruments"] == 1 }
        try await living.service.eventually("the first mark") {
            try await living.service.probe("/metrics").text.contains("kafka_consumergroup_current_offset")
        }
        let second = try ScoringOnCluster(cluster.bootstrapServers)
        #expect(try await second.refusal().contains("another store reads as this service"))
        #expect(living.service.isRunning)
        try await living.stop()
        try second.service.removeData()
    }
}
