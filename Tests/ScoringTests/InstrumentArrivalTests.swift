import Events
import Foundation
import Support
import Testing

@testable import Scoring

@Suite("Instruments that arrive at scoring", .serialized)
struct InstrumentArrivalTests {
    /// The seeded forms' instrument with something changed, under the hash of its new content unless told otherwise.
    static func instrument(
        version: String = "1", hashed: Bool = true, _ change: (inout InstrumentDefinition) -> Void
    ) throws -> InstrumentPublished {
        var published = SeededForms.instrument
        change(&published.definition)
        published.instrument.version = version
        if hashed {
            published.instrument.sha256 = try InstrumentPublished.contentHash(
                code: published.instrument.code, version: version, definition: published.definition)
        }
        return published
    }

    @Test("another content under a published version, a wrong hash and a faulty definition are parked and alarm")
    func alarms() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 41)
        try await scoring.score(5)
        let wrong = [
            ("instrument-version-changed", try Self.instrument { $0.rules[1].atLeast = 3 }),
            ("instrument-hash-differs", try Self.instrument(version: "2", hashed: false) { $0.rules[1].atLeast = 3 }),
            ("instrument-faulty-rule-unreachable", try Self.instrument(version: "3") { $0.rules[1].atLeast = 4 }),
            ("instrument-faulty-evidence-incomplete", try Self.instrument(version: "4") { $0.evidence = [] }),
        ]
        let records = try wrong.map { try IntakeStandIn.record($0.1) }
        try await TopicTraffic.publish(records, to: cluster.bootstrapServers)
        try scoring.service.start()
        try await scoring.service.counts {
            $0["parked.refused"] == wrong.count && $0["instruments"] == 1 && $0["forms.scored"] == 5
        }
        let metrics = try await scoring.service.probe("/metrics").text
        #expect(metrics.contains("screening_events_consumed_total{outcome=\"parked-refused\"} \(wrong.count)"))
        let ready = try await scoring.service.probe("/readyz")
        #expect(ready.status == 200 && ready.text.contains("\"status\":\"warn\""))
        let letters = try await TopicTraffic.read(.scoringDeadLetters, from: cluster.bootstrapServers) {
            $0.count >= wrong.count
        }
        let reasons = try letters.values.map { try EventCodec.part(DeadLetterNotice.self, from: $0).reason }
        #expect(reasons.sorted() == wrong.map(\.0).sorted())
        // Forms are scored on, by the content that came first.
        try await scoring.publishForms(5, seed: 42)
        try await scoring.service.counts { $0["forms.scored"] == 10 }
        try await scoring.stop()
        try scoring.service.removeData()
    }

    @Test("the same content again, said by an intake that was made anew, changes nothing")
    func again() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 43)
        try await scoring.score(5)
        try await TopicTraffic.publish(
            [IntakeStandIn.record(SeededForms.instrument, trigger: 2)], to: cluster.bootstrapServers)
        try await scoring.publishForms(5, seed: 44)
        try scoring.service.start()
        let counts = try await scoring.service.counts { $0["forms.scored"] == 10 }
        #expect(counts["parked.refused"] == nil && counts["instruments"] == 1)
        try await scoring.stop()
        try scoring.service.removeData()
    }
}
